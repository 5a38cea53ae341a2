import { publicWeb, type Reach, Refused } from '#lib/guarded-fetch';
import type { Context } from '../../operation.ts';
import { eachOf } from '../../scan/index.ts';
import { askOnce, type Told } from './ask.ts';

/** At most so many addresses a call, so that a check of links is no attack on anybody. */
export const mostAddresses = 100;
const timeoutMs = 5000;
const mostRedirects = 5;

export type WebVerdict =
  | { state: 'good' }
  | { state: 'gone' | 'error'; why: string }
  /** Not asked, or its answer says nothing about whether the page exists. */
  | { state: 'unsure'; why: string };

/** Statuses with which a server says that it does not want HEAD, or that HEAD is not to be believed. */
const askAgain = new Set([400, 403, 404, 405, 406, 410, 429, 500, 501, 503]);

function statusVerdict(status: number): WebVerdict {
  if (status < 400) return { state: 'good' };
  if (status === 404 || status === 410)
    return { state: 'gone', why: `the server says there is nothing there (${status})` };
  if ([401, 403, 407, 429, 451, 999].includes(status))
    return {
      state: 'unsure',
      why: `the server let nobody look without signing in, or refused robots (${status})`,
    };
  return { state: 'error', why: `the server answers with an error (${status})` };
}

const noName = 'no server of that name was found';

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

function failureVerdict(error: unknown, timedOut: boolean): WebVerdict {
  if (error instanceof Refused) return { state: 'unsure', why: `not asked: ${error.message}` };
  const code = codeOf(error);
  if (timedOut) return { state: 'error', why: 'the server did not answer within 5 seconds' };
  if (code === 'ENOTFOUND' || code === 'ENODATA') return { state: 'gone', why: noName };
  if (code === 'EAI_AGAIN') return { state: 'unsure', why: 'names could not be looked up from here' };
  if (code === 'ENETUNREACH' || code === 'EHOSTUNREACH')
    return { state: 'unsure', why: 'the server could not be reached from here' };
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code))
    return { state: 'error', why: `its certificate is not valid (${code})` };
  return { state: 'error', why: `the connection failed${code === '' ? '' : ` (${code})`}` };
}

/** Follows an address to its end; every step is checked like the first. */
async function follow(start: URL, method: 'HEAD' | 'GET', reach: Reach, signal: AbortSignal): Promise<Told> {
  let url = start;
  for (let step = 0; step <= mostRedirects; step += 1) {
    const told = await askOnce(url, method, reach, signal);
    const next =
      told.status >= 300 && told.status < 400 && told.location !== null
        ? URL.parse(told.location, url)
        : null;
    if (next === null) return told;
    url = next;
  }
  throw new Refused(`it leads on more than ${mostRedirects} times`);
}

/** Asks one address with HEAD, and with GET where HEAD is refused. Five seconds each. */
export async function checkAddressOnWeb(
  address: string,
  reach: Reach,
  signal: AbortSignal,
): Promise<WebVerdict> {
  const url = URL.parse(address);
  if (url === null) return { state: 'error', why: 'this is no address that can be opened' };
  url.hash = '';
  for (const method of ['HEAD', 'GET'] as const) {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const { status } = await follow(url, method, reach, AbortSignal.any([signal, timeout]));
      if (method === 'GET' || !askAgain.has(status)) return statusVerdict(status);
    } catch (error) {
      signal.throwIfAborted();
      // Some servers drop the connection on HEAD alone.
      if (method === 'GET' || error instanceof Refused || timeout.aborted || codeOf(error) !== 'ECONNRESET')
        return failureVerdict(error, timeout.aborted);
    }
  }
  return { state: 'unsure', why: 'the server gave no usable answer' };
}

/** Where not one of several names is found, it is this machine that sees no names; the servers may be there. */
function believable(found: Map<string, WebVerdict>): Map<string, WebVerdict> {
  const nameless = [...found.values()].filter((one) => one.state === 'gone' && one.why === noName).length;
  if (nameless < 3 || nameless < found.size) return found;
  const unsure: WebVerdict = { state: 'unsure', why: 'no name of a server could be looked up from here' };
  return new Map([...found.keys()].map((address) => [address, unsure]));
}

/**
 * Tests web addresses, each once, a few at a time, at most 100.
 * @returns what was found by address; those beyond the limit are missing.
 */
export async function checkWeb(
  ctx: Context,
  addresses: readonly string[],
  reach: Reach = publicWeb,
): Promise<Map<string, WebVerdict>> {
  const found = new Map<string, WebVerdict>();
  const unique = [...new Set(addresses)].slice(0, mostAddresses);
  await eachOf(ctx, unique, 'web links tested', async (address) => {
    found.set(address, await checkAddressOnWeb(address, reach, ctx.signal));
  });
  return believable(found);
}
