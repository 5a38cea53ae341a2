import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { App } from './app.ts';
import { chooseForConsent, decide, showAuthorize } from './auth/authorize.ts';
import type { Caller } from './auth/identify.ts';
import { accessibleResources, me, token } from './auth/token.ts';
import { control } from './control.ts';
import { allSites } from './db/index.ts';
import { type Fault, faultReply } from './faults.ts';
import {
  json,
  type Reply,
  type Request,
  RequestTooLarge,
  readRequest,
  redirect,
  traceHeaders,
} from './http/message.ts';
import { Problem, problemBody } from './http/problem.ts';
import { serveSigned } from './pages/files.ts';
import { avatarSvg } from './pages/layout.ts';
import { login, showLogin, showSite } from './pages/site.ts';
import { type RestTarget, restTarget, serveRest } from './rest/serve.ts';

/** The HTTP server of a practice Confluence; not listening yet. */
export function makeServer(app: App): Server {
  return createServer((incoming, outgoing) => {
    handle(app, incoming, outgoing).catch((error: unknown) => {
      console.error('sandbox: a request could not be answered:', error);
      outgoing.destroy();
    });
  });
}

async function handle(app: App, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const began = Date.now();
  const read = await readRequest(incoming).catch((error: unknown) => {
    if (error instanceof RequestTooLarge) return error;
    throw error;
  });
  const request = read instanceof RequestTooLarge ? read.request : read;
  const target = restTarget(app, request.path);
  const names = namesOf(request, target);
  let person: string | null = null;
  const isControl = request.path.startsWith('/_sandbox/');
  const fault = isControl ? undefined : app.faults.take(names, target !== undefined);
  const reply = await answer(app, request, target, fault, () => {
    if (read instanceof RequestTooLarge) throw read;
    return route(app, request, target, names, (caller) => {
      person = caller.person.key;
    });
  });
  if (target && !fault)
    app.seen?.({
      method: request.method,
      path: target.path,
      query: request.query,
      contentType: request.headers['content-type'] ?? '',
      body: request.body,
    });
  if (!isControl)
    app.log.add({
      time: new Date(began).toISOString(),
      method: request.method,
      path: request.path,
      query: request.query,
      status: reply?.status ?? 0,
      person,
      ms: Date.now() - began,
      bytes: Buffer.byteLength(reply?.body ?? ''),
      fault: fault?.kind ?? null,
    });
  if (!reply) {
    incoming.socket.destroy();
    return;
  }
  const headers = {
    ...traceHeaders(),
    ...(target ? app.rate.headers(app.settings, Date.now()) : {}),
    ...reply.headers,
  };
  outgoing.writeHead(reply.status, headers);
  outgoing.end(request.method === 'HEAD' ? undefined : reply.body);
}

/** The forms of a request that faults are matched against: as sent and as the site knows it, each without and with query. */
function namesOf(request: Request, target: RestTarget | undefined): string[] {
  const query = request.query.toString();
  const paths = target ? [request.path, target.path] : [request.path];
  return paths.flatMap((path) => [
    `${request.method} ${path}`,
    ...(query ? [`${request.method} ${path}?${query}`] : []),
  ]);
}

/** The answer with its fault worked in; undefined when the connection is to be dropped. */
async function answer(
  app: App,
  request: Request,
  target: RestTarget | undefined,
  fault: Fault | undefined,
  run: () => Reply,
): Promise<Reply | undefined> {
  const settled = (): Reply => {
    try {
      return run();
    } catch (error) {
      return problemReply(request, target, error);
    }
  };
  if (!fault) return settled();
  if (fault.kind === 'slow') {
    if (!fault.after) await wait(fault.delayMs);
    const reply = settled();
    if (fault.after) await wait(fault.delayMs);
    return reply;
  }
  if (fault.kind === 'damage') {
    app.damage = fault.damage;
    try {
      return settled();
    } finally {
      app.damage = null;
    }
  }
  // The request takes effect; only its answer is lost or spoiled.
  if (fault.after) settled();
  if (fault.kind === 'drop') return undefined;
  return faultReply(fault);
}

function problemReply(request: Request, target: RestTarget | undefined, error: unknown): Reply {
  const problem = error instanceof Problem ? error : new Problem(500, 'Internal server error');
  if (problem !== error) console.error(`sandbox: ${request.method} ${request.path} failed:`, error);
  const shape = target === undefined ? 'gateway' : target.path.startsWith('/wiki/api/v2') ? 'v2' : 'v1';
  return json(problemBody(problem, shape), problem.status, problem.headers);
}

type Handler = (app: App, request: Request) => Reply;

/** Which cloudId an address belongs to; Atlassian tells anybody. */
function tenantInfo(app: App, path: string): Reply {
  const site = allSites(app.db).find((one) => one.path === path);
  if (!site) throw new Problem(404, 'There is no such site.', { gateway: true });
  return json({ cloudId: site.cloudId });
}

const fixed: Record<string, Handler> = {
  'GET /_edge/tenant_info': (app) => tenantInfo(app, '/wiki'),
  'GET /labs/_edge/tenant_info': (app) => tenantInfo(app, '/labs/wiki'),
  'GET /': () => redirect('/wiki'),
  'GET /authorize': showAuthorize,
  'POST /authorize': decide,
  'POST /authorize/sign-in': chooseForConsent,
  'POST /oauth/token': token,
  'GET /login': showLogin,
  'POST /login': login,
  'GET /avatar.svg': () => picture(),
  'GET /wiki/aa-avatar/avatar.svg': () => picture(),
};

function picture(): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=86400' },
    body: avatarSvg,
  };
}

function route(
  app: App,
  request: Request,
  target: RestTarget | undefined,
  names: string[],
  seen: (caller: Caller) => void,
): Reply {
  const { method, path } = request;
  if (path.startsWith('/_sandbox/')) return control(app, request);
  if (target) return serveRest(app, request, target, names, seen);
  const known = fixed[`${method === 'HEAD' ? 'GET' : method} ${path}`];
  if (known) return known(app, request);
  if (method === 'GET' && (path === '/oauth/token/accessible-resources' || path === '/me')) {
    const { reply, caller } = path === '/me' ? me(app, request) : accessibleResources(app, request);
    seen(caller);
    return reply;
  }
  const media = /^\/media\/([\w-]+)$/.exec(path);
  if (media && method === 'GET') return serveSigned(app, request, media[1] ?? '');
  const shown = showSite(app, request);
  if (!shown) throw new Problem(404, `There is nothing at ${method} ${path}.`);
  return shown;
}
