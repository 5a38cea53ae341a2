import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { UserError } from '#errors';
import {
  type BundleName,
  bundleNames,
  bundles,
  connectionView,
  connectLink,
  connectPath,
  scopesOfBundles,
  scopesToAsk,
  withNeeded,
} from '#lib/connections';
import type { AccessNeeded, ConnectionView } from '#lib/wire';
import { accessNeeded } from '../access.ts';
import { defineWrite } from '../define.ts';
import type { Context, ReadResult } from '../operation.ts';
import { oneLine } from '../render.ts';
import { neverProposed } from './immediate.ts';

/** How often a connection is looked for while a call waits (milliseconds). */
const lookEvery = 500;

/** What is still missing of the wanted bundles; empty when the connection can do all of it. */
function lacking(view: ConnectionView, wanted: readonly BundleName[]): string[] {
  if (view.mode !== 'oauth') return [];
  const { leftOut } = scopesToAsk({ bundles: wanted, already: view.scopes });
  return scopesOfBundles(wanted).filter((scope) => !view.scopes.includes(scope) && !leftOut.includes(scope));
}

const isReady = (view: ConnectionView, wanted: readonly BundleName[]): boolean =>
  view.status === 'active' && lacking(view, wanted).length === 0;

async function waitUntilReady(ctx: Context, wanted: readonly BundleName[], seconds: number) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const view = await connectionView(ctx.user.id);
    if ((view !== null && isReady(view, wanted)) || Date.now() >= end) return view;
    ctx.progress('Waiting for you to connect Confluence in the browser');
    await pause(lookEvery, undefined, { signal: ctx.signal });
  }
}

function connectedAnswer(view: ConnectionView, wanted: readonly BundleName[]): ReadResult {
  const where = view.site === null ? '' : ` on ${oneLine(view.site.name)} (${view.site.url})`;
  const may = wanted.length === 0 ? '' : ` What was asked for is allowed: ${titles(wanted)}.`;
  return {
    text: `Confluence is connected as ${oneLine(view.account.name)}${where}.${may}`,
    data: { connected: true, status: view.status, connect_url: null, bundles: [...wanted] },
    sources: [],
    label: `Connected as ${view.account.name}`,
    untrusted: false,
  };
}

const titles = (names: readonly BundleName[]): string => names.map((name) => bundles[name].title).join(', ');

/** What a card says about it; its link asks for whole bundles. */
const accessOf = (scopes: readonly string[], wanted: readonly BundleName[]): AccessNeeded => ({
  ...accessNeeded(scopes, null),
  path: connectPath({ bundles: wanted }),
});

/** In a chat the person gets a card, and the question goes on by itself once they have connected. */
function askOnCard(view: ConnectionView | null, wanted: readonly BundleName[]): never {
  if (view?.status === 'active') {
    const scopes = lacking(view, wanted);
    throw new UserError('missing_scope', `Confab is not allowed yet: ${titles(wanted)}.`, {
      next: 'Allow it on Atlassian’s page.',
      data: { reason: 'missing_scope', scopes, access: accessOf(scopes, wanted) },
    });
  }
  const asked = wanted.length === 0 ? {} : { access: accessOf([], wanted) };
  const broken = view?.status === 'expired' || view?.status === 'revoked';
  throw new UserError(broken ? 'reconnect' : 'needs_connection', 'Confluence is not connected.', {
    next: 'Connect it on Atlassian’s page.',
    data: { reason: view?.status ?? 'not_connected', ...asked },
  });
}

export const connect = defineWrite({
  name: 'connect',
  connection: 'unneeded',
  input: z.object({
    scopes: z.array(z.enum(bundleNames)).optional(),
    wait_seconds: z.int().min(0).max(50).optional(),
  }),
  output: z.object({
    connected: z.boolean(),
    status: z.string(),
    connect_url: z.string().nullable(),
    bundles: z.array(z.string()),
  }),
  async immediate(ctx, o) {
    const wanted = withNeeded(o.scopes ?? []);
    const view = await waitUntilReady(ctx, wanted, ctx.chatId === null ? (o.wait_seconds ?? 0) : 0);
    if (view !== null && isReady(view, wanted)) return connectedAnswer(view, wanted);
    if (ctx.chatId !== null) askOnCard(view, wanted);
    const url = connectLink({ userId: ctx.user.id, ...(wanted.length === 0 ? {} : { bundles: wanted }) });
    const asks = wanted.length === 0 ? '' : ` It asks for: ${titles(wanted)}.`;
    const waited = o.wait_seconds ? ` Not done within ${o.wait_seconds} s; the link stays good.` : '';
    return {
      text: `Ask ${oneLine(ctx.user.name)} to open this link in a browser, signed in to Confab, and to accept on Atlassian's page: ${url}${asks}${waited} Then call connect again with wait_seconds, or simply repeat what was wanted.`,
      data: {
        connected: false,
        status: view?.status ?? 'not_connected',
        connect_url: url,
        bundles: [...wanted],
      },
      sources: [],
      label: 'Link to connect Confluence',
      untrusted: false,
    };
  },
  ...neverProposed,
});
