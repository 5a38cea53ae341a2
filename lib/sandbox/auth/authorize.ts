import { randomUUID } from 'node:crypto';
import type { App } from '../app.ts';
import { findPerson, insertCode, insertGrant, peopleWhoSignIn, sitesOfPerson } from '../db/index.ts';
import { type Reply, type Request, redirect } from '../http/message.ts';
import { consentPage, refusalPage, signInPage } from '../pages/consent.ts';
import type { Person } from '../types.ts';
import { type AuthorizeRequest, callbackUrl, readAuthorize } from './authorize-request.ts';
import { personCookie, personOfCookie, refuseForeignForm } from './identify.ts';
import { hashToken, newToken } from './signing.ts';

const codeLife = 10 * 60_000;

/** `GET /authorize`: who are you, then what the app asks for. */
export function showAuthorize(app: App, request: Request): Reply {
  const asked = readAuthorize(app, request.query);
  if ('why' in asked) return asked.redirectTo ? redirect(asked.redirectTo) : refusalPage(asked.why);
  const person = hinted(app, asked) ?? personOfCookie(app, request);
  if (!person) return signInPage(peopleWhoSignIn(app.db), '/authorize/sign-in', asked.query.toString());
  const page = consentPage(asked, person, sitesOfPerson(app.db, person.accountId));
  return { ...page, headers: { ...page.headers, 'set-cookie': personCookie(app, person) } };
}

/** Whom the app expects, when that is someone who may sign in here. */
function hinted(app: App, asked: AuthorizeRequest): Person | undefined {
  const person = asked.loginHint ? findPerson(app.db, asked.loginHint) : undefined;
  return person?.canSignIn ? person : undefined;
}

/** `POST /authorize/sign-in`: remembers the chosen person and goes on to the consent page. */
export function chooseForConsent(app: App, request: Request): Reply {
  refuseForeignForm(request);
  const form = new URLSearchParams(request.body.toString());
  const query = new URLSearchParams(form.get('query') ?? '');
  // Whoever was just chosen counts, not whom the app expected.
  query.delete('login_hint');
  const person = findPerson(app.db, form.get('person') ?? '');
  return redirect(
    `/authorize?${query}`,
    { 'set-cookie': personCookie(app, person?.canSignIn ? person : undefined) },
    303,
  );
}

/** `POST /authorize`: the person's decision; goes back to the app with a code, or with `access_denied`. */
export function decide(app: App, request: Request): Reply {
  refuseForeignForm(request);
  const form = new URLSearchParams(request.body.toString());
  const asked = readAuthorize(app, new URLSearchParams(form.get('query') ?? ''));
  if ('why' in asked) return asked.redirectTo ? redirect(asked.redirectTo, {}, 303) : refusalPage(asked.why);
  const { redirectUri, state } = asked;
  if (form.get('decision') !== 'accept')
    return redirect(
      callbackUrl(redirectUri, {
        error: 'access_denied',
        error_description: 'User did not authorize the request',
        state,
      }),
      {},
      303,
    );
  const person = personOfCookie(app, request);
  if (!person) return signInPage(peopleWhoSignIn(app.db), '/authorize/sign-in', asked.query.toString());
  const sites = sitesOfPerson(app.db, person.accountId).map((site) => site.cloudId);
  const wanted = form.getAll('site').flatMap((value) => String(value).split(','));
  const chosen = sites.filter((cloudId) => wanted.includes(cloudId));
  if (chosen.length === 0) {
    const page = consentPage(
      asked,
      person,
      sitesOfPerson(app.db, person.accountId),
      'Choose at least one site.',
    );
    return { ...page, status: 400 };
  }
  const code = issueCode(app, asked, person, chosen);
  return redirect(callbackUrl(redirectUri, { code, state }), {}, 303);
}

function issueCode(app: App, asked: AuthorizeRequest, person: Person, cloudIds: string[]): string {
  const grantId = randomUUID();
  const code = newToken('sbx_code_');
  const now = Date.now();
  app.db.transaction(() => {
    insertGrant(
      app.db,
      {
        id: grantId,
        accountId: person.accountId,
        clientId: asked.clientId,
        scopes: asked.scopes,
        cloudIds,
        revoked: false,
      },
      now,
    );
    insertCode(app.db, {
      hash: hashToken(code),
      grantId,
      redirectUri: asked.redirectUri,
      challenge: asked.challenge,
      expiresAt: now + codeLife,
    });
  })();
  return code;
}
