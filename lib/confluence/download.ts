import { AtlassianError } from '#errors';
import { failureOf, lostError, stoppedError } from './failures.ts';
import { type Answer, type Send, send } from './http.ts';

const maxHops = 3;

function refused(why: string): AtlassianError {
  return new AtlassianError('atlassian_rejected', `The file could not be downloaded: ${why}.`, {
    next: 'Open the attachment in Confluence instead.',
  });
}

/**
 * Follows the redirect of an attachment download to its signed URL. That URL carries its own right, so no
 * credentials go along. From an https origin only https is followed.
 */
export async function followDownload(
  first: Answer,
  from: URL,
  o: Pick<Send, 'signal' | 'timeoutMs' | 'maxBytes'>,
): Promise<Answer> {
  const schemes = from.protocol === 'https:' ? ['https:'] : ['https:', 'http:'];
  let answer = first;
  let at = from;
  for (let hop = 0; hop < maxHops; hop++) {
    const location = answer.headers.get('location');
    const target = location === null ? null : URL.parse(location, at);
    if (target === null || !schemes.includes(target.protocol))
      throw refused('Confluence named an address that is not followed');
    const exchange = await send({
      ...o,
      url: target,
      method: 'GET',
      headers: { Accept: '*/*' },
      body: undefined,
    });
    if (exchange.kind === 'stopped') throw stoppedError(false);
    if (exchange.kind === 'lost') throw lostError(exchange, false);
    if (exchange.status < 300) return exchange;
    if (exchange.status >= 400) throw failureOf(exchange, false);
    answer = exchange;
    at = target;
  }
  throw refused('too many redirects');
}
