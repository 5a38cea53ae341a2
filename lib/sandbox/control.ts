import { type App, resetApp } from './app.ts';
import { expireAccessTokens, findContentAnywhere, findPerson, revokeAllGrants } from './db/index.ts';
import { readFault } from './faults.ts';
import { JsonBody } from './http/json-body.ts';
import { json, nothing, type Reply, type Request } from './http/message.ts';
import { badRequest, notFound, Problem } from './http/problem.ts';
import { publish, storable } from './rest/writes.ts';

/** What tests and developers steer the practice Confluence with: `/_sandbox/...`, from this machine only. */
export function control(app: App, request: Request): Reply {
  if (!request.loopback)
    throw new Problem(403, 'The control endpoints answer on this machine only.', { gateway: true });
  // A page in a browser may send a simple request anywhere, so anything with a foreign origin is refused.
  const origin = request.headers.origin;
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.headers.host))
    throw new Problem(403, 'The control endpoints do not answer to pages of other sites.', { gateway: true });
  const handler = handlers[`${request.method} ${request.path.slice('/_sandbox/'.length)}`];
  if (!handler)
    throw new Problem(404, `There is no control endpoint ${request.method} ${request.path}.`, {
      gateway: true,
    });
  return handler(app, request);
}

function bodyOf(request: Request): JsonBody {
  return new JsonBody(request.body.length === 0 ? {} : JsonBody.parse(request.body));
}

const handlers: Record<string, (app: App, request: Request) => Reply> = {
  'POST reset': (app, request) => {
    // Consents outlive a reset of the content unless {"tokens": true}: people keep their account ids.
    resetApp(app, { grants: bodyOf(request).flag('tokens') ?? false });
    return json({ ok: true });
  },
  'GET log': (app) => json({ requests: app.log.entries() }),
  'DELETE log': (app) => {
    app.log.clear();
    return nothing();
  },
  'GET faults': (app) => json({ faults: app.faults.list() }),
  'DELETE faults': (app) => {
    app.faults.clear();
    return nothing();
  },
  'POST faults': addFault,
  'POST edit': edit,
  'GET limits': (app) => json(limitsJson(app)),
  'POST limits': setLimits,
};

function addFault(app: App, request: Request): Reply {
  const fault = readFault(bodyOf(request));
  if (fault === 'expire-tokens') expireAccessTokens(app.db);
  else if (fault === 'revoke') revokeAllGrants(app.db);
  else app.faults.add(fault);
  return json({ ok: true, faults: app.faults.list() });
}

/** A colleague edits: `{page_id, storage, by, title?, message?}`; `by` is a key, an email address or an account id. */
function edit(app: App, request: Request): Reply {
  const body = bodyOf(request);
  const page = findContentAnywhere(app.db, body.requiredText('page_id'));
  const author = findPerson(app.db, body.requiredText('by'));
  if (page?.status !== 'current') throw notFound(`There is no current page ${body.text('page_id')}.`);
  if (!author) throw badRequest(`There is no person '${body.text('by')}'.`);
  const written = publish(app, page, {
    title: body.text('title') ?? page.title,
    storage: storable(app, body.requiredText('storage'), page.storage),
    message: body.text('message') ?? '',
    author,
    number: page.version + 1,
  });
  return json({ id: written.id, version: written.version });
}

function limitsJson(app: App): object {
  const { requestsPerSecond, pointsPerHour, indexLagMs, rewrite, attachmentBytes, plan, blockedSpaces } =
    app.settings;
  return {
    requests_per_second: requestsPerSecond,
    points_per_hour: pointsPerHour,
    index_lag_ms: indexLagMs,
    rewrite,
    attachment_bytes: attachmentBytes,
    plan,
    blocked_spaces: blockedSpaces,
    task_step_ms: app.settings.taskStepMs,
  };
}

/**
 * `{requests_per_second?, points_per_hour?, index_lag_ms?, rewrite?, attachment_bytes?, plan?, blocked_spaces?, task_step_ms?}`; null for requests_per_second lifts the
 * limit, plan is `premium` or `standard`.
 */
function setLimits(app: App, request: Request): Reply {
  const body = bodyOf(request);
  const { settings } = app;
  if ('requests_per_second' in body.value)
    settings.requestsPerSecond = body.number('requests_per_second') ?? null;
  settings.pointsPerHour = body.number('points_per_hour') ?? settings.pointsPerHour;
  settings.indexLagMs = body.number('index_lag_ms') ?? settings.indexLagMs;
  settings.rewrite = body.flag('rewrite') ?? settings.rewrite;
  settings.attachmentBytes = body.number('attachment_bytes') ?? settings.attachmentBytes;
  const plan = body.text('plan') ?? settings.plan;
  if (plan !== 'premium' && plan !== 'standard') throw badRequest(`There is no plan '${plan}'.`);
  settings.plan = plan;
  settings.taskStepMs = body.number('task_step_ms') ?? settings.taskStepMs;
  if (body.has('blocked_spaces')) settings.blockedSpaces = body.texts('blocked_spaces');
  return json(limitsJson(app));
}
