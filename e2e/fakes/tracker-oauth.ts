import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A person's token, and what it was bought with. */
type Issued = { person: string; resource: string | null };
type Code = Issued & { client: string; redirect: string; challenge: string };

const json = (reply: ServerResponse, status: number, body: unknown): void => {
  reply.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  reply.end(JSON.stringify(body));
};

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return new URLSearchParams(text);
}

/** The authorization server of the tracker: metadata, dynamic registration, a consent page, PKCE, rotating refresh. */
export function trackerOauth(origin: () => string) {
  const clients = new Map<string, string[]>();
  const codes = new Map<string, Code>();
  const access = new Map<string, Issued>();
  const refresh = new Map<string, Issued>();
  const seen: { path: string; body: Record<string, string> }[] = [];
  let lifetime = 3600;
  let signInAt: string | null = null;

  const issue = (reply: ServerResponse, issued: Issued): void => {
    const [accessToken, refreshToken] = [randomBytes(18).toString('hex'), randomBytes(18).toString('hex')];
    access.set(accessToken, issued);
    refresh.set(refreshToken, issued);
    json(reply, 200, {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: lifetime,
      refresh_token: refreshToken,
    });
  };

  const documents: Record<string, () => unknown> = {
    '/.well-known/oauth-protected-resource/mcp': () => ({
      resource: `${origin()}/mcp`,
      authorization_servers: [signInAt ?? origin()],
      scopes_supported: ['issues'],
    }),
    '/.well-known/oauth-authorization-server': () => ({
      issuer: origin(),
      authorization_endpoint: `${origin()}/authorize`,
      token_endpoint: `${origin()}/token`,
      registration_endpoint: `${origin()}/register`,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
      authorization_response_iss_parameter_supported: true,
    }),
  };

  async function register(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const asked = JSON.parse(text) as { redirect_uris: string[] };
    const id = `client-${randomBytes(6).toString('hex')}`;
    clients.set(id, asked.redirect_uris);
    json(reply, 201, { ...asked, client_id: id });
  }

  /** GET draws the consent page; its buttons come back with `as` or `declined`. */
  function authorize(url: URL, reply: ServerResponse): void {
    const q = url.searchParams;
    const [client, redirect, challenge] = [
      q.get('client_id') ?? '',
      q.get('redirect_uri') ?? '',
      q.get('code_challenge'),
    ];
    if (
      !(clients.get(client) ?? []).includes(redirect) ||
      challenge === null ||
      q.get('code_challenge_method') !== 'S256'
    ) {
      json(reply, 400, { error: 'invalid_request' });
      return;
    }
    const [person, declined] = [q.get('as'), q.has('declined')];
    if (person === null && !declined) {
      const hidden = [...q]
        .map(
          ([name, value]) =>
            `<input type="hidden" name="${name}" value="${value.replaceAll('"', '&quot;')}">`,
        )
        .join('');
      reply.writeHead(200, { 'content-type': 'text/html' });
      reply.end(
        `<h1>Tracker</h1><form>${hidden}<button name="as" value="ada">Allow as ada</button><button name="as" value="ben">Allow as ben</button><button name="declined" value="1">Decline</button></form>`,
      );
      return;
    }
    const back = new URL(redirect);
    back.searchParams.set('state', q.get('state') ?? '');
    back.searchParams.set('iss', origin());
    if (person === null) back.searchParams.set('error', 'access_denied');
    else {
      const code = randomBytes(12).toString('hex');
      codes.set(code, { person, client, redirect, challenge, resource: q.get('resource') });
      back.searchParams.set('code', code);
    }
    reply.writeHead(303, { location: back.href });
    reply.end();
  }

  async function token(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const form = await formOf(request);
    seen.push({ path: '/token', body: Object.fromEntries(form) });
    if (form.get('grant_type') === 'refresh_token') {
      const held = refresh.get(form.get('refresh_token') ?? '');
      refresh.delete(form.get('refresh_token') ?? '');
      return held === undefined ? json(reply, 400, { error: 'invalid_grant' }) : issue(reply, held);
    }
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (
      code === undefined ||
      code.challenge !== challenge ||
      code.client !== form.get('client_id') ||
      code.redirect !== form.get('redirect_uri')
    )
      return json(reply, 400, { error: 'invalid_grant' });
    return issue(reply, code);
  }

  return {
    seen,
    /** Who shows this Authorization header. */
    personOf: (header: string | undefined): string | null =>
      access.get((header ?? '').replace(/^Bearer /, ''))?.person ?? null,
    /** From now on every access token that was given out is worth nothing; refresh tokens too, if asked. */
    expire(all: boolean): void {
      access.clear();
      if (all) refresh.clear();
    },
    /** From now on it names another authorization server; null: its own. */
    moveTo(issuer: string | null): void {
      signInAt = issuer;
    },
    /** Seconds that the next access tokens say they live. */
    live(seconds: number): void {
      lifetime = seconds;
    },
    /** True when the request was one of its own. */
    async handle(request: IncomingMessage, reply: ServerResponse): Promise<boolean> {
      const url = new URL(request.url ?? '/', origin());
      const document = documents[url.pathname];
      if (document !== undefined) json(reply, 200, document());
      else if (url.pathname === '/register') await register(request, reply);
      else if (url.pathname === '/authorize') authorize(url, reply);
      else if (url.pathname === '/token') await token(request, reply);
      else return false;
      return true;
    },
  };
}
