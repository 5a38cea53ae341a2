import {
  type CallToolResult,
  type InputRequiredResult,
  isInputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  type Server,
  type ServerContext,
  type ServerOptions,
} from '@modelcontextprotocol/server';
import { env } from '#env';
import type { OutputFormat } from '#lib/router';
import packageJson from '../../package.json' with { type: 'json' };
import { errorAnswer, takeFormat, toResult } from './answers.ts';
import { changeAnswer } from './changes.ts';
import { complete } from './completion.ts';
import type { Answer, Call, McpDeps } from './deps.ts';
import { withElicitation } from './elicitation/index.ts';
import { askerOf, during, type Exchange, protocolError, SessionServer } from './exchange.ts';
import { instructions } from './instructions.ts';
import { promptList, promptOf } from './prompts.ts';
import { listResources, readResource, templates } from './resources.ts';
import type { McpTool } from './surface.ts';
import type { UpstreamLimit } from './upstream-limit.ts';
import { cancelWork } from './work.ts';

/** Lists depend on the access and on nothing else; what a page says may change at any time. */
const listed = { ttlMs: 300_000, cacheScope: 'private' } as const;
const cacheHints: ServerOptions['cacheHints'] = {
  'tools/list': listed,
  'prompts/list': listed,
  'resources/templates/list': listed,
  'resources/list': { ttlMs: 60_000, cacheScope: 'private' },
  'resources/read': { ttlMs: 0, cacheScope: 'private' },
  'server/discover': listed,
};

function identity() {
  const { publicUrl } = env();
  return {
    name: 'confab',
    title: 'Confab',
    version: packageJson.version,
    websiteUrl: publicUrl,
    icons: [{ src: `${publicUrl}/icon.svg`, mimeType: 'image/svg+xml', sizes: ['any'] }],
  };
}

/** Calls a tool; what goes wrong is an answer too. Clients that can carry their person to a page are asked to. */
async function callTool(
  exchange: Exchange,
  ctx: ServerContext,
  call: Call,
  tool: McpTool,
  given: Record<string, unknown>,
): Promise<CallToolResult | InputRequiredResult> {
  let format: OutputFormat = 'verbose';
  const asker = askerOf(ctx, exchange);
  const failed = (error: unknown): Answer => {
    if (error instanceof ProtocolError) throw error;
    return errorAnswer(error, call.signal.aborted);
  };
  const work = async (within: Call): Promise<Answer> => {
    const taken = takeFormat(given);
    format = taken.format;
    return tool.run(within, taken.args);
  };
  const run = (within: Call): Promise<Answer> => work(within).catch(failed);
  const writes = tool.definition.annotations?.readOnlyHint !== true;
  const outcome =
    asker === null
      ? await run(call)
      : await withElicitation(call, {
          asker,
          run,
          asked: { method: 'tools/call', name: tool.definition.name, args: given },
          ...(writes ? { ofChange: (change) => changeAnswer(call, change) } : {}),
        }).catch(failed);
  if (isInputRequiredResult(outcome)) return outcome;
  exchange.upstream = (outcome.data.rate_limit as UpstreamLimit | undefined) ?? null;
  return toResult(outcome, format, tool.promisesData);
}

/** Reads a resource, asking the client to have its person connect where that is what is missing. */
async function read(
  exchange: Exchange,
  ctx: ServerContext,
  call: Call,
  uri: string,
): Promise<ReadResourceResult | InputRequiredResult> {
  const asker = askerOf(ctx, exchange);
  if (asker === null) return readResource(call, uri);
  const outcome = await withElicitation(call, {
    asker,
    asked: { method: 'resources/read', name: uri, args: {} },
    async run(within) {
      try {
        return { data: {}, result: await readResource(within, uri) };
      } catch (error) {
        if (error instanceof ProtocolError) throw error;
        return { ...errorAnswer(error, within.signal.aborted), error };
      }
    },
  });
  if (isInputRequiredResult(outcome)) return outcome;
  if ('error' in outcome) throw outcome.error;
  return outcome.result;
}

/** A server for one request of one principal; nothing is kept between requests. */
export function buildServer(deps: McpDeps, exchange: Exchange, tools: readonly McpTool[]): Server {
  const { principal } = exchange;
  const server = new SessionServer(identity(), {
    capabilities: { tools: {}, resources: {}, prompts: {}, completions: {} },
    instructions: instructions(principal, exchange.surface),
    cacheHints,
  });
  const mayWrite = principal.limits.tiers.includes('write');
  const asked = <T>(ctx: ServerContext, run: (call: Call) => Promise<T>): Promise<T> =>
    during(deps, exchange, ctx, async (call) => {
      try {
        return await run(call);
      } catch (error) {
        const failed = protocolError(error, call.signal.aborted);
        const { rate_limit: limit } = (failed.data ?? {}) as { rate_limit?: UpstreamLimit };
        exchange.upstream = limit ?? null;
        throw failed;
      }
    });

  server.setRequestHandler('tools/list', () => ({ tools: tools.map(({ definition }) => definition) }));
  server.setRequestHandler('tools/call', ({ params }, ctx) => {
    const tool = tools.find(({ definition }) => definition.name === params.name);
    // A tool this key may not see answers like one that does not exist.
    if (tool === undefined)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${params.name}`);
    return asked(ctx, (call) => callTool(exchange, ctx, call, tool, params.arguments ?? {}));
  });
  server.setRequestHandler('resources/list', ({ params }, ctx) =>
    asked(ctx, (call) => listResources(call, params?.cursor)),
  );
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: templates }));
  server.setRequestHandler('resources/read', ({ params }, ctx) =>
    asked(ctx, (call) => read(exchange, ctx, call, params.uri)),
  );
  server.setRequestHandler('prompts/list', () => ({ prompts: promptList(mayWrite) }));
  server.setRequestHandler('prompts/get', ({ params }) =>
    promptOf(params.name, params.arguments ?? {}, mayWrite),
  );
  server.setRequestHandler('completion/complete', ({ params }, ctx) =>
    asked(ctx, (call) => complete(call, params.ref, params.argument)),
  );
  server.setNotificationHandler('notifications/cancelled', ({ params }) => {
    if (params.requestId !== undefined) cancelWork(principal.key.id, params.requestId);
  });
  return server;
}
