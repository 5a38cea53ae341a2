import type { z } from 'zod';
import { ConfabError, httpStatus, toErrorView } from '#errors';
import { assertSameOrigin, readJson, requireUser, type User } from '#lib/auth';
import { log } from '#log';

/** The largest JSON body a browser may send: an edited page of 5 MB, escaped. */
const largestBody = 12 * 1024 * 1024;

/** Any thrown value as the JSON answer it deserves. The one place where errors become HTTP. */
export function errorResponse(error: unknown): Response {
  const view = toErrorView(error);
  const status = httpStatus[view.code];
  if (status >= 500 || !(error instanceof ConfabError)) log.error({ err: error }, 'request failed');
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (view.retryAfterSeconds !== undefined)
    headers.set('retry-after', String(Math.ceil(view.retryAfterSeconds)));
  return Response.json({ error: view }, { status, headers });
}

/** JSON that no cache keeps. */
export function json(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: { 'cache-control': 'no-store' } });
}

/** The request's JSON body, checked. @throws UserError invalid_input | too_large */
export function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  return readJson(request, schema, largestBody);
}

type Params = Record<string, string>;
type Handler = (call: { request: Request; user: User; params: Params }) => Promise<Response>;
type Route = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/**
 * A route for a signed-in person: authorises, refuses cross-site writes, turns errors into HTTP.
 * Every route of the browser goes through here.
 */
export function withUser(handler: Handler): Route {
  return async (request, context) => {
    try {
      if (request.method !== 'GET') assertSameOrigin(request);
      const user = await requireUser();
      return await handler({ request, user, params: await context.params });
    } catch (error) {
      return errorResponse(error);
    }
  };
}
