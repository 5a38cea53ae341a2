import { z } from 'zod';
import { UserError } from '#errors';
import { selectSite as choose } from '#lib/connections';
import type { ConnectionView } from '#lib/wire';
import { defineWrite } from '../define.ts';
import { text } from '../inputs.ts';
import { plain } from '../near.ts';
import { oneLine } from '../render.ts';
import { neverProposed } from './immediate.ts';
import { storedConnection } from './state.ts';

type Site = ConnectionView['sites'][number];

/** The granted site meant by a name, URL or cloud id. @throws UserError not_found with the names there are. */
export function siteFor(sites: readonly Site[], given: string): Site {
  const host = URL.parse(given)?.host ?? given.replace(/\/.*$/, '');
  const exact = sites.filter(
    (site) =>
      site.id === given ||
      site.url.replace(/\/+$/, '') === given.replace(/\/+$/, '').replace(/\/wiki$/, '') ||
      plain(site.name) === plain(given),
  );
  const loose = sites.filter(
    (site) => URL.parse(site.url)?.host === host || plain(site.name).includes(plain(given)),
  );
  const found = exact.length > 0 ? exact : loose;
  if (found.length === 1 && found[0]) return found[0];
  throw new UserError(
    found.length > 1 ? 'ambiguous' : 'not_found',
    `${found.length > 1 ? 'Several sites fit' : 'No granted site is'} "${given}". There are: ${sites.map((site) => oneLine(site.name)).join(', ') || 'none'}.`,
    {
      next: 'Name one of these, or connect again and grant the site you miss.',
      data: { candidates: sites.map(({ id, name, url }) => ({ id, name, url })) },
    },
  );
}

export const selectSite = defineWrite({
  name: 'select_site',
  connection: 'unneeded',
  input: z.object({ site: text }),
  output: z.object({ id: z.string(), name: z.string(), url: z.string(), before: z.string().nullable() }),
  async immediate(ctx, o) {
    const view = await storedConnection(ctx.user.id);
    const site = siteFor(view.sites, o.site);
    await choose(ctx.user.id, site.id);
    return {
      text: `Now working on ${oneLine(site.name)} (${site.url}).${view.site === null || view.site.id === site.id ? '' : ` Before: ${oneLine(view.site.name)}.`}`,
      data: { ...site, before: view.site?.id ?? null },
      sources: [],
      label: `Selected ${site.name}`,
      untrusted: false,
    };
  },
  ...neverProposed,
});
