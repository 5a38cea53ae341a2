import { z } from 'zod';
import { ConfabError } from '#errors';
import {
  convertContentIdsToContentTypes,
  createBulkUserLookup,
  getAttachments,
  getCurrentUser,
  getFooterComments,
  getGroups,
  getLabels,
  getPageAncestors,
  getPageDirectChildren,
  getPages,
  getPageVersions,
  getSpaces,
  searchByCQL,
} from '#lib/confluence';
import { grantedInWords, scopesOfBundles, usualBundles } from '#lib/connections';
import { defineRead } from '../define.ts';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { oneLine } from '../render.ts';

const result = z.object({ ability: z.string(), tag: z.string(), ok: z.boolean(), detail: z.string() });
type Result = z.output<typeof result>;
type Probe = { ability: string; tag: string; ask: (ctx: Context, pageId: string | null) => Promise<unknown> };

const noPage = async () => 'no page to try it on';

/** Harmless reads, one per ability. */
const probes: Probe[] = [
  { ability: 'say who you are', tag: 'users', ask: (ctx) => getCurrentUser(ctx.confluence, {}) },
  { ability: 'list spaces', tag: 'spaces', ask: (ctx) => getSpaces(ctx.confluence, { limit: 1 }) },
  { ability: 'read pages', tag: 'pages', ask: (ctx) => getPages(ctx.confluence, { limit: 1 }) },
  {
    ability: 'search',
    tag: 'search',
    ask: (ctx) => searchByCQL(ctx.confluence, { cql: 'type = page', limit: 1 }),
  },
  {
    ability: 'read comments',
    tag: 'comments',
    ask: (ctx) => getFooterComments(ctx.confluence, { limit: 1 }),
  },
  { ability: 'read labels', tag: 'labels', ask: (ctx) => getLabels(ctx.confluence, { limit: 1 }) },
  {
    ability: 'list attachments',
    tag: 'attachments',
    ask: (ctx) => getAttachments(ctx.confluence, { limit: 1 }),
  },
  { ability: 'list groups', tag: 'groups', ask: (ctx) => getGroups(ctx.confluence, { limit: 1 }) },
  {
    ability: 'look people up',
    tag: 'users',
    ask: (ctx) => createBulkUserLookup(ctx.confluence, { body: { accountIds: [ctx.connection.account.id] } }),
  },
  {
    ability: 'read the tree below a page',
    tag: 'hierarchy',
    ask: (ctx, id) =>
      id === null ? noPage() : getPageDirectChildren(ctx.confluence, { id: contentNumber(id), limit: 1 }),
  },
  {
    ability: 'read the path of a page',
    tag: 'hierarchy',
    ask: (ctx, id) =>
      id === null ? noPage() : getPageAncestors(ctx.confluence, { id: contentNumber(id), limit: 1 }),
  },
  {
    ability: 'read versions',
    tag: 'versions',
    ask: (ctx, id) =>
      id === null ? noPage() : getPageVersions(ctx.confluence, { id: contentNumber(id), limit: 1 }),
  },
  {
    ability: 'tell the type of an id',
    tag: 'search',
    ask: (ctx, id) =>
      id === null
        ? noPage()
        : convertContentIdsToContentTypes(ctx.confluence, { body: { contentIds: [id] } }),
  },
];

/** Rights to write are read from the grant and never tried. */
const writeScopes: { ability: string; tag: string; scope: string }[] = [
  { ability: 'create and change pages', tag: 'pages', scope: 'write:page:confluence' },
  { ability: 'delete pages', tag: 'pages', scope: 'delete:page:confluence' },
  { ability: 'change labels', tag: 'labels', scope: 'write:label:confluence' },
  { ability: 'restore versions', tag: 'versions', scope: 'write:content:confluence' },
  { ability: 'change group members', tag: 'groups', scope: 'write:group:confluence' },
];

async function run(ctx: Context, probe: Probe, pageId: string | null): Promise<Result> {
  const { ability, tag } = probe;
  try {
    const answer = await probe.ask(ctx, pageId);
    return { ability, tag, ok: true, detail: typeof answer === 'string' ? answer : 'works' };
  } catch (error) {
    if (!(error instanceof ConfabError) || error.code === 'cancelled' || error.code === 'reconnect')
      throw error;
    return { ability, tag, ok: false, detail: `${error.message} ${error.next ?? ''}`.trim() };
  }
}

async function somePage(ctx: Context): Promise<string | null> {
  try {
    const found = await getPages(ctx.confluence, { limit: 1 });
    return found.results?.[0]?.id ?? null;
  } catch (error) {
    // The probe for reading pages reports it.
    if (error instanceof ConfabError && error.code !== 'cancelled' && error.code !== 'reconnect') return null;
    throw error;
  }
}

export const checkConnection = defineRead({
  name: 'check_connection',
  input: z.object({ areas: z.array(text).optional() }),
  output: z.object({
    account: z.string(),
    site: z.string(),
    results: z.array(result),
    missing_scopes: z.array(z.string()),
  }),
  async run(ctx, o) {
    const wanted = (tag: string) => o.areas === undefined || o.areas.length === 0 || o.areas.includes(tag);
    const pageId = await somePage(ctx);
    const results: Result[] = [];
    for (const probe of probes.filter(({ tag }) => wanted(tag))) {
      ctx.progress(`Checking: ${probe.ability}`);
      results.push(await run(ctx, probe, pageId));
    }
    const { scopes, account, site } = ctx.connection;
    for (const { ability, tag, scope } of writeScopes.filter(({ tag }) => wanted(tag))) {
      const ok = scopes.includes(scope);
      results.push({ ability, tag, ok, detail: ok ? 'granted (not tried)' : `not granted: ${scope}` });
    }
    const missing = scopesOfBundles(usualBundles()).filter((scope) => !scopes.includes(scope));
    const bad = results.filter((one) => !one.ok);
    const lines = results.map(
      (one) => `- ${one.ok ? 'OK' : 'FAILS'} · ${one.ability} · ${oneLine(one.detail)}`,
    );
    return {
      text: `You act as ${oneLine(account.name)} on ${oneLine(site.name)} (${site.url}). ${bad.length === 0 ? 'Everything that was tried works.' : `${bad.length} of ${results.length} fail.`}\n${lines.join('\n')}\n${grantedInWords(scopes)}.${missing.length === 0 ? '' : ' connect gives a link that allows more.'}`,
      data: { account: account.name, site: site.url, results, missing_scopes: missing },
      sources: [],
      label: bad.length === 0 ? 'Connection works' : `${bad.length} abilities fail`,
      untrusted: false,
    };
  },
});
