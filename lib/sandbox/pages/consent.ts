import type { AuthorizeRequest } from '../auth/authorize-request.ts';
import { describeScopes } from '../auth/scope-words.ts';
import type { Reply } from '../http/message.ts';
import { escapeHtml } from '../render/escape.ts';
import type { Person, Site } from '../types.ts';
import { avatar, badge, page } from './layout.ts';

const head = `<header class="card-head"><img src="/avatar.svg" alt="" width="28" height="28"><strong>Practice Atlassian</strong>${badge}</header>`;

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
}

/** Choose who you are. `carry` goes with the choice: a query string or a path to return to. */
export function signInPage(people: Person[], action: string, carry: string): Reply {
  const buttons = people
    .map(
      (person) =>
        `<button class="person" name="person" value="${escapeHtml(person.key)}" aria-label="Continue as ${escapeHtml(person.name)}">${avatar(person.name)}<span><strong>Continue as ${escapeHtml(person.name)}</strong><br><span class="muted">${escapeHtml(person.email)}</span></span></button>`,
    )
    .join('');
  return page(
    'Sign in',
    `<main class="card">${head}<h1>Who are you?</h1>
<p class="muted">This is a practice Confluence. There are no passwords: choose a person.</p>
<form method="post" action="${action}" class="stack">${hidden('query', carry)}${buttons}</form></main>`,
    { card: true },
  );
}

/** The name an app was registered under; an unknown one is shown by its id. */
function appName(clientId: string): string {
  return clientId === 'sandbox-client' ? 'Confab' : clientId;
}

/** One site, as Atlassian's own page preselects one; or all of them, as an account-level grant may cover. */
function siteChoice(sites: Site[]): string {
  const ids = sites.map((site) => site.cloudId);
  if (sites.length === 1)
    return `<p>${hidden('site', ids.join())}<strong>${escapeHtml(sites[0]?.name ?? '')}</strong></p>`;
  const options = [
    ...sites.map((site) => ({ value: site.cloudId, name: site.name })),
    { value: ids.join(), name: 'All my sites' },
  ];
  return options
    .map(
      ({ value, name }, index) =>
        `<label class="choice"><input type="radio" name="site" value="${escapeHtml(value)}"${index === 0 ? ' checked' : ''}> ${escapeHtml(name)}</label>`,
    )
    .join('');
}

/** What the app asks for, on which sites. */
export function consentPage(asked: AuthorizeRequest, person: Person, sites: Site[], problem?: string): Reply {
  const query = asked.query.toString();
  const groups = describeScopes(asked.scopes)
    .map(
      (group) =>
        `<details class="scopes"><summary><strong>${escapeHtml(group.title)}</strong> <span class="muted">${escapeHtml(group.items.map((item) => item.words).join(', '))}</span></summary><ul>${group.items
          .map((item) => `<li><code>${escapeHtml(item.scope)}</code></li>`)
          .join('')}</ul></details>`,
    )
    .join('');
  const choice = siteChoice(sites);
  const offline = asked.scopes.includes('offline_access')
    ? '<p class="muted">It keeps this access while you are away, until you revoke it.</p>'
    : '';
  const callback = new URL(asked.redirectUri);
  return page(
    'Authorize app',
    `<main class="card">${head}
<h1>Let an app use your Confluence?</h1>
<p><strong>${escapeHtml(appName(asked.clientId))}</strong> is asking for access to your account. It will be sent to <code>${escapeHtml(callback.host)}</code>.</p>
<div class="who">${avatar(person.name)}<span>${escapeHtml(person.name)}<br><span class="muted">${escapeHtml(person.email)}</span></span>
<form method="post" action="/authorize/sign-in">${hidden('query', query)}<button class="link" name="person" value="">Not you?</button></form></div>
<form method="post" action="/authorize" class="stack">${hidden('query', query)}
<h2>It would like to</h2>${groups || '<p class="muted">Nothing but to know who you are.</p>'}${offline}
<fieldset><legend>Use it on</legend>${choice}</fieldset>
${problem ? `<p class="problem" role="alert">${escapeHtml(problem)}</p>` : ''}
<div class="actions"><button class="primary" name="decision" value="accept">Accept</button><button name="decision" value="cancel">Cancel</button></div>
</form></main>`,
    { card: true },
  );
}

/** The app's request is wrong and it cannot be told so itself. */
export function refusalPage(why: string): Reply {
  return page(
    'Something is wrong',
    `<main class="card">${head}<h1>Something is wrong with this app's request</h1><p>${escapeHtml(why)}</p>
<p class="muted">Go back to the app and tell whoever runs it.</p></main>`,
    { card: true, status: 400 },
  );
}
