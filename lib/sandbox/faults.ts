import type { JsonBody } from './http/json-body.ts';
import { json, type Reply } from './http/message.ts';
import { badRequest, Problem, problemBody } from './http/problem.ts';
import { tooMany } from './http/rate.ts';
import { type Damage, damages } from './xml/damage.ts';

const faultKinds = [
  '429',
  '500',
  '502',
  '503',
  'slow',
  'drop',
  'expire-tokens',
  'revoke',
  'missing-scope',
  'damage',
] as const;
type FaultKind = (typeof faultKinds)[number];

/**
 * A fault that waits for its requests. `match` is tested against `METHOD /path`, with the path as sent and
 * as the site knows it (`/wiki/api/v2/...`); without it every REST request matches. `count` is how many
 * requests it hits: 1 unless told otherwise, for `missing-scope` all until cleared (0 says so for any kind).
 * `after` lets the request take effect first and spoils only the answer. `damage` lets a write succeed, but what
 * is kept of the body is spoiled in the way `damage` names; it waits for the next POST or PUT. `body` is the form of a refusal, whatever the
 * path: JSON of the gateway, of v1, of v2, or a page of HTML.
 */
export type Fault = {
  kind: Exclude<FaultKind, 'expire-tokens' | 'revoke'>;
  match: RegExp | null;
  left: number;
  retryAfter: number | null;
  delayMs: number;
  scope: string | null;
  after: boolean;
  body: FaultBody;
  damage: Damage | null;
};

const faultBodies = ['gateway', 'v1', 'v2', 'html'] as const;
type FaultBody = (typeof faultBodies)[number];

/** Reads the body of `POST /_sandbox/faults`. */
export function readFault(body: JsonBody): Fault | 'expire-tokens' | 'revoke' {
  const kind = faultKinds.find((one) => one === body.text('kind'));
  if (!kind) throw badRequest(`'kind' must be one of ${faultKinds.join(', ')}.`);
  if (kind === 'expire-tokens' || kind === 'revoke') return kind;
  const form = faultBodies.find((one) => one === (body.text('body') ?? 'gateway'));
  if (!form) throw badRequest(`'body' must be one of ${faultBodies.join(', ')}.`);
  const count = body.number('count') ?? (kind === 'missing-scope' ? 0 : 1);
  return {
    kind,
    match: readPattern(body.text('match') ?? (kind === 'damage' ? '^(?:POST|PUT) ' : undefined)),
    left: count <= 0 ? Number.POSITIVE_INFINITY : count,
    retryAfter: body.number('retry_after') ?? null,
    delayMs: body.number('delay_ms') ?? 2000,
    scope: body.text('scope') ?? null,
    after: body.flag('after') ?? false,
    body: form,
    damage: kind === 'damage' ? readDamage(body.text('damage')) : null,
  };
}

function readDamage(given: string | undefined): Damage {
  const damage = damages.find((one) => one === (given ?? 'lose-paragraph'));
  if (!damage) throw badRequest(`'damage' must be one of ${damages.join(', ')}.`);
  return damage;
}

function readPattern(text: string | undefined): RegExp | null {
  if (text === undefined) return null;
  try {
    return new RegExp(text);
  } catch (error) {
    throw badRequest(
      `'match' is not a regular expression: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The faults that are switched on. */
export class Faults {
  #active: Fault[] = [];

  add(fault: Fault): void {
    this.#active.push(fault);
  }

  clear(): void {
    this.#active = [];
  }

  list(): {
    kind: string;
    match: string | null;
    left: number | null;
    scope: string | null;
    after: boolean;
  }[] {
    return this.#active.map(({ kind, match, left, scope, after }) => ({
      kind,
      match: match?.source ?? null,
      left: Number.isFinite(left) ? left : null,
      scope,
      after,
    }));
  }

  /** The next fault for a request, used up by one; `names` are the forms of `METHOD /path` it goes by. */
  take(names: string[], isRest: boolean): Fault | undefined {
    return this.#use((fault) => fault.kind !== 'missing-scope' && matches(fault, names, isRest));
  }

  /** Whether a request that needs `scopes` is to be refused as if a scope were missing. */
  takeMissingScope(names: string[], scopes: readonly string[]): Fault | undefined {
    return this.#use(
      (fault) =>
        fault.kind === 'missing-scope' &&
        matches(fault, names, true) &&
        (fault.scope === null || scopes.includes(fault.scope)),
    );
  }

  #use(wanted: (fault: Fault) => boolean): Fault | undefined {
    const fault = this.#active.find(wanted);
    if (fault) {
      fault.left -= 1;
      if (fault.left <= 0) this.#active = this.#active.filter((one) => one !== fault);
    }
    return fault;
  }
}

function matches(fault: Fault, names: string[], isRest: boolean): boolean {
  const { match } = fault;
  return match ? names.some((name) => match.test(name)) : isRest;
}

const statusOf: Partial<Record<Fault['kind'], { status: number; text: string }>> = {
  '500': { status: 500, text: 'Internal server error' },
  '502': { status: 502, text: 'Bad gateway' },
  '503': { status: 503, text: 'Service unavailable' },
};

/** The refusal a fault stands for, with its status; undefined for slow and drop, which the server does itself. */
function faultProblem(fault: Fault): Problem | undefined {
  if (fault.kind === '429') return tooMany(fault.retryAfter ?? 1, 'confluence-burst-based');
  const known = statusOf[fault.kind];
  if (!known) return undefined;
  const headers: Record<string, string> =
    fault.retryAfter === null ? {} : { 'retry-after': String(fault.retryAfter) };
  return new Problem(known.status, known.text, { headers });
}

/** The answer of a fault in the form it asks for. */
export function faultReply(fault: Fault): Reply {
  const problem = faultProblem(fault) ?? new Problem(500, 'Internal server error');
  const { status, headers, message } = problem;
  if (fault.body === 'html')
    return {
      status,
      headers: { ...headers, 'content-type': 'text/html' },
      body: `<html>\r\n<head><title>${status} ${message}</title></head>\r\n<body><center><h1>${status} ${message}</h1></center></body>\r\n</html>\r\n`,
    };
  return json(problemBody(new Problem(status, message), fault.body), status, headers);
}
