import type { App } from '../app.ts';
import { personCookie, personOfCookie, refuseForeignForm } from '../auth/identify.ts';
import {
  allSites,
  attachmentsOf,
  findAttachment,
  findContent,
  findPerson,
  isOfSite,
  peopleWhoSignIn,
} from '../db/index.ts';
import { type Reply, type Request, redirect } from '../http/message.ts';
import { Access } from '../permissions.ts';
import { escapeHtml } from '../render/escape.ts';
import type { Person, Site } from '../types.ts';
import { signInPage } from './consent.ts';
import { contentPage } from './content-page.ts';
import { fileReply } from './files.ts';
import { badge, page } from './layout.ts';
import { searchPage, spacePage, spacesPage } from './lists.ts';

/** What a page for people is made from. */
export type View = {
  app: App;
  db: App['db'];
  site: Site;
  person: Person;
  access: Access;
  query: URLSearchParams;
};

type Shower = (view: View, parts: string[]) => Reply | undefined;

const pages: { pattern: RegExp; show: Shower }[] = [
  { pattern: /^\/?(?:home|spaces)?\/?$/, show: spacesPage },
  { pattern: /^\/search\/?$/, show: searchPage },
  {
    pattern: /^\/spaces\/([^/]+)(?:\/overview|\/pages)?\/?$/,
    show: (view, [key = '']) => spacePage(view, key),
  },
  {
    pattern:
      /^\/spaces\/[^/]+\/(?:pages|pages\/edit-v2|folder|whiteboard|database|embed|blog(?:\/\d{4}\/\d{2}\/\d{2})?)\/(\d+)(?:\/[^/]*)?\/?$/,
    show: (view, [id = '']) => contentPage(view, id),
  },
  {
    pattern: /^\/x\/([0-9a-z]+)$/,
    show: (view, [short = '']) => contentPage(view, String(Number.parseInt(short, 36))),
  },
  {
    pattern: /^\/pages\/resumedraft\.action$/,
    show: (view) => contentPage(view, view.query.get('draftId') ?? ''),
  },
  {
    pattern: /^\/pages\/viewpage\.action$/,
    show: (view) => contentPage(view, view.query.get('pageId') ?? ''),
  },
  {
    pattern: /^\/download\/attachments\/(\d+)\/(.+)$/,
    show: (view, [id = '', name = '']) => download(view, id, name),
  },
];

/** A page for people below `/wiki` or `/labs/wiki`; undefined when the path is none. */
export function showSite(app: App, request: Request): Reply | undefined {
  const match = /^(\/labs)?\/wiki(\/.*)?$/.exec(request.path);
  const site = match && allSites(app.db).find((one) => one.path === (match[1] ? '/labs/wiki' : '/wiki'));
  if (!match || !site || request.method !== 'GET') return undefined;
  const path = match[2] ?? '';
  const person = personOfCookie(app, request);
  if (!person) {
    // Tokens do not open files here: the live service answers 401 as well.
    if (path.startsWith('/download/'))
      return { ...page('Sign in', '<main class="wide"><p>Sign in first.</p></main>'), status: 401 };
    const query = request.query.toString();
    return redirect(
      `/login?${new URLSearchParams({ continue: `${request.path}${query ? `?${query}` : ''}` })}`,
    );
  }
  if (!isOfSite(app.db, site.cloudId, person.accountId))
    return refused(`${person.name} does not belong to ${site.name}.`, 403);
  const view = {
    app,
    db: app.db,
    site,
    person,
    access: new Access(app.db, site.cloudId, person),
    query: request.query,
  };
  for (const { pattern, show } of pages) {
    const found = pattern.exec(path);
    if (found)
      return show(view, found.slice(1)) ?? refused('There is no such page, or you may not see it.', 404);
  }
  return refused('There is no such page.', 404);
}

function refused(why: string, status: number): Reply {
  return page(
    'Not found',
    `<main class="card"><header class="card-head"><strong>Practice Confluence</strong>${badge}</header><h1>Not here</h1><p>${escapeHtml(why)}</p><p><a href="/wiki">All spaces</a> · <a href="/login">Sign in as someone else</a></p></main>`,
    { status, card: true },
  );
}

function download(view: View, contentId: string, filename: string): Reply | undefined {
  const content = findContent(view.db, view.site.cloudId, contentId);
  if (!content || !view.access.canView(content)) return undefined;
  const named = attachmentsOf(view.db, content.id).find((file) => file.filename === filename);
  const file = named && findAttachment(view.db, named.id);
  return file && fileReply(view.app, file);
}

/** `GET /login`: choose who you are; `continue` is a path of this server. */
export function showLogin(app: App, request: Request): Reply {
  return signInPage(peopleWhoSignIn(app.db), '/login', request.query.get('continue') ?? '/wiki');
}

/** `POST /login`: remembers the person and goes where they wanted. */
export function login(app: App, request: Request): Reply {
  refuseForeignForm(request);
  const form = new URLSearchParams(request.body.toString());
  const person = findPerson(app.db, form.get('person') ?? '');
  const wanted = form.get('query') ?? '';
  const target = /^\/(?:labs\/)?wiki(?:[/?].*)?$/.test(wanted) ? wanted : '/wiki';
  return redirect(target, { 'set-cookie': personCookie(app, person?.canSignIn ? person : undefined) }, 303);
}
