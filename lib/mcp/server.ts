import {
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type ServerContext,
  type ServerOptions,
} from '@modelcontextprotocol/server';
import { env } from '#env';
import type { OutputFormat } from '#lib/router';
import { log } from '#log';
import packageJson from '../../package.json' with { type: 'json' };
import { errorAnswer, takeFormat, toResult } from './answers.ts';
import { complete } from './completion.ts';
import type { Call, McpDeps, Principal } from './deps.ts';
import { instructions } from './instructions.ts';
import { promptList, promptOf } from './prompts.ts';
import { listResources, readResource, templates } from './resources.ts';
import type { McpTool } from './surface.ts';
import { beginWork, cancelWork } from './work.ts';

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

/** Tells the client what a long call is doing, where it asked to be told. */
function progressOf(ctx: ServerContext): (text: string) => void {
  const token = ctx.mcpReq._meta?.progressToken;
  if (token === undefined) return () => {};
  let step = 0;
  return (message) => {
    step += 1;
    ctx.mcpReq
      .notify({ method: 'notifications/progress', params: { progressToken: token, progress: step, message } })
      .catch((error: unknown) => log.debug({ err: error }, 'progress could not be sent'));
  };
}

/** A thrown value as an error of the protocol: where there is no tool result to say it in. */
function protocolError(error: unknown, aborted: boolean): ProtocolError {
  if (error instanceof ProtocolError) return error;
  const { text, data } = errorAnswer(error, aborted);
  const code =
    (data.error as { code?: string }).code === 'internal'
      ? ProtocolErrorCode.InternalError
      : ProtocolErrorCode.InvalidParams;
  return new ProtocolError(code, text, data);
}

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

/** A server for one request of one principal; nothing is kept between requests. */
export function buildServer(deps: McpDeps, principal: Principal, tools: readonly McpTool[]): Server {
  const server = new Server(identity(), {
    capabilities: { tools: {}, resources: {}, prompts: {}, completions: {} },
    instructions: instructions(principal),
    cacheHints,
  });
  const mayWrite = principal.limits.tiers.includes('write');

  /** Runs with a signal that the client can abort, also by a request of its own. */
  async function during<T>(ctx: ServerContext, run: (call: Call) => Promise<T>): Promise<T> {
    const work = beginWork(principal.key.id, ctx.mcpReq.id, ctx.mcpReq.signal);
    try {
      return await run({ deps, principal, signal: work.signal, progress: progressOf(ctx) });
    } finally {
      work.end();
    }
  }
  const asked = <T>(ctx: ServerContext, run: (call: Call) => Promise<T>): Promise<T> =>
    during(ctx, async (call) => {
      try {
        return await run(call);
      } catch (error) {
        throw protocolError(error, call.signal.aborted);
      }
    });

  server.setRequestHandler('tools/list', () => ({ tools: tools.map(({ definition }) => definition) }));
  server.setRequestHandler('tools/call', ({ params }, ctx) => {
    const tool = tools.find(({ definition }) => definition.name === params.name);
    // A tool this key may not see answers like one that does not exist.
    if (tool === undefined)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${params.name}`);
    return during(ctx, async (call) => {
      let format: OutputFormat = 'verbose';
      try {
        const taken = takeFormat(params.arguments ?? {});
        format = taken.format;
        return toResult(await tool.run(call, taken.args), format, tool.promisesData);
      } catch (error) {
        return toResult(errorAnswer(error, call.signal.aborted), format, tool.promisesData);
      }
    });
  });
  server.setRequestHandler('resources/list', ({ params }, ctx) =>
    asked(ctx, (call) => listResources(call, params?.cursor)),
  );
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: templates }));
  server.setRequestHandler('resources/read', ({ params }, ctx) =>
    asked(ctx, (call) => readResource(call, params.uri)),
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
