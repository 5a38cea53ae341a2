import type { CompleteResult } from '@modelcontextprotocol/server';
import { ConfabError } from '#errors';
import type { Call } from './deps.ts';
import { executeWithin } from './operations.ts';
import { visible } from './visible.ts';

const most = 20;

type Suggest = (call: Call, typed: string) => Promise<string[]>;

const fits = (typed: string) => (value: string) => value.toLowerCase().includes(typed.trim().toLowerCase());

async function sourcesOf(call: Call, name: string, input: Record<string, unknown>) {
  const done = await executeWithin(call, { name, input, tiers: ['read'] });
  return done.kind === 'read' ? done.result.sources : [];
}

/** Keys of spaces whose key or name holds what was typed. */
const spaces: Suggest = async (call, typed) => {
  const query = typed.trim() === '' ? {} : { query: typed };
  return (await sourcesOf(call, 'list_spaces', { ...query, limit: 50 })).map(({ space }) => space?.key ?? '');
};

/** Pages by title, as `SPACE:Title`, which every operation takes. */
const pages: Suggest = async (call, typed) => {
  if (typed.trim() === '') return [];
  const found = await sourcesOf(call, 'search_content', { query: typed, types: ['page'], limit: most });
  return found.map(({ space, title }) => (space === null ? title : `${space.key}:${title}`));
};

/** Ids of pages by title: an address holds nothing else. */
const pageIds: Suggest = async (call, typed) => {
  if (typed.trim() === '') return [];
  const found = await sourcesOf(call, 'search_content', { query: typed, types: ['page'], limit: most });
  return found.map(({ id }) => id);
};

const sites: Suggest = async (call, typed) => {
  const site = (await call.deps.connectionView(call.principal.user.id))?.site ?? null;
  return site === null ? [] : [new URL(site.url).host].filter(fits(typed));
};

const ofTemplates: Readonly<Record<string, Suggest>> = { site: sites, key: spaces, id: pageIds };
const ofPrompts: Readonly<Record<string, Suggest>> = { space: spaces, page: pages };

/**
 * Suggestions for an argument of a prompt or a part of a resource's address. Nothing where there is no
 * connection or no right to look: a person is still typing, and the call itself will say what is missing.
 */
export async function complete(
  call: Call,
  ref: { type: string },
  argument: { name: string; value: string },
): Promise<CompleteResult> {
  const table = ref.type === 'ref/resource' ? ofTemplates : ofPrompts;
  const suggest = Object.hasOwn(table, argument.name) ? table[argument.name] : undefined;
  if (suggest === undefined) return { completion: { values: [], total: 0, hasMore: false } };
  try {
    const values = [...new Set((await suggest(call, argument.value)).map(visible))].filter(
      (value) => value !== '',
    );
    return {
      completion: {
        values: values.slice(0, most),
        total: values.length,
        hasMore: values.length > most,
      },
    };
  } catch (error) {
    if (error instanceof ConfabError) return { completion: { values: [], total: 0, hasMore: false } };
    throw error;
  }
}
