import { z } from 'zod';
import { ConfabError, httpStatus, toErrorView, UserError } from '#errors';
import { readJson, whileAllowed } from '#lib/auth';
import { log } from '#log';
import { errorAnswer, takeFormat } from './answers.ts';
import type { Answer, Call, McpDeps } from './deps.ts';
import { admit, type Refusal, refuseForeign } from './gate.ts';
import { openApiDocument } from './openapi.ts';
import { runOperation } from './operations.ts';
import { limitHeaders, upstreamLimit } from './upstream-limit.ts';

const largestBody = 12 * 1024 * 1024;

/** RFC 9457. `code` is ours and stable; `detail` says what happened, `next` what to do. */
function problem(
  status: number,
  detail: string,
  more: Record<string, unknown>,
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify({ type: 'about:blank', status, detail, ...more }), {
    status,
    headers: { 'cache-control': 'no-store', ...headers, 'content-type': 'application/problem+json' },
  });
}

const refusalCodes: Readonly<Record<number, string>> = {
  401: 'needs_key',
  403: 'forbidden',
  405: 'method_not_allowed',
  429: 'rate_limited',
};

const refused = ({ refused: status, message, headers }: Refusal): Response =>
  problem(status, message, { code: refusalCodes[status] ?? 'refused' }, headers);

function errorProblem(error: unknown, aborted: boolean, budget: Record<string, string>): Response {
  const errorView = toErrorView(error);
  const { code, actor, message, next, retryAfterSeconds } = errorView;
  const status = httpStatus[code];
  if (status >= 500 || !(error instanceof ConfabError)) log.error({ err: error }, 'an HTTP call failed');
  const { error: view, ...links } = errorAnswer(error, aborted).data;
  return problem(
    status,
    message,
    { code, actor, ...(next === null ? {} : { next }), ...links, data: (view as { data?: unknown }).data },
    {
      ...limitHeaders(budget, upstreamLimit(errorView)),
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterSeconds)) }),
    },
  );
}

/** A write that a person has yet to decide on is accepted, not done. */
function statusOf({ data, isError }: Answer): number {
  if (isError === true) return data.status === 'conflicted' ? 409 : 502;
  return data.approval_url === undefined || data.approval_url === null ? 200 : 202;
}

/**
 * `POST /api/operations/{name}` with the operation's input as JSON: the same operations, keys, limits and
 * approvals for scripts that speak no MCP. A read answers 200 `{ data }` (and `text` where `output_format` is
 * `both` or `verbose`); a write 202 with the proposed change, its `approval_url` in `Location` too. Errors are
 * problem+json.
 */
export function createHttpHost(deps: McpDeps): (request: Request, name: string) => Promise<Response> {
  return async (request, name) => {
    const admitted = await admit({ verifyKey: deps.verifyKey }, request, null);
    if ('refused' in admitted) return refused(admitted);
    const { principal, right, budget } = admitted;
    try {
      const operation = deps.findOperation(name);
      if (operation === null) throw unknownOperation(name);
      const input = await readJson(request, z.record(z.string(), z.unknown()), largestBody);
      const wanted = input.output_format ?? input.outputFormat ?? 'structured';
      const { format, args } = takeFormat({ ...input, output_format: wanted });
      const answer = await whileAllowed(right, (allowed) => {
        const signal = AbortSignal.any([request.signal, allowed]);
        const call: Call = { deps, principal, signal, progress: () => {} };
        return runOperation(call, { name: operation.name, input: args });
      });
      const { approval_url: approval } = answer.data;
      return new Response(
        JSON.stringify({ data: answer.data, ...(format === 'structured' ? {} : { text: answer.text }) }),
        {
          status: statusOf(answer),
          headers: {
            ...budget,
            'content-type': 'application/json',
            'cache-control': 'no-store',
            ...(typeof approval === 'string' ? { location: approval } : {}),
          },
        },
      );
    } catch (error) {
      return errorProblem(error, request.signal.aborted, budget);
    }
  };
}

const unknownOperation = (name: string): UserError =>
  new UserError('not_found', `There is no operation "${name}".`, {
    next: 'GET /api/openapi.json lists them.',
  });

/** The document of these calls. Without a key all of it: it names nothing that is not in the project. */
export function createOpenApiHost(deps: McpDeps): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!request.headers.has('authorization')) {
      const foreign = refuseForeign(request);
      return foreign === null ? Response.json(openApiDocument(deps, null)) : refused(foreign);
    }
    const admitted = await admit({ verifyKey: deps.verifyKey }, request, null);
    return 'refused' in admitted
      ? refused(admitted)
      : Response.json(openApiDocument(deps, admitted.principal), {
          headers: { ...admitted.budget, 'cache-control': 'no-store' },
        });
  };
}
