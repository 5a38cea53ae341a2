import {
  type ListResourcesResult,
  type ListResourceTemplatesResult,
  type ReadResourceResult,
  ResourceNotFoundError,
} from '@modelcontextprotocol/server';
import { ConfabError, InternalError } from '#errors';
import type { Source } from '#lib/wire';
import type { Call } from './deps.ts';
import { guidesFor } from './guides.ts';
import { executeWithin } from './operations.ts';
import { fenced, visible } from './visible.ts';

const markdown = 'text/markdown';
/** Characters of a page that one read gives; the text says how to go on. */
const wholePage = 100_000;

/** What can be read by address. `site` is the host name of the Confluence site, as in its links. */
export const templates: ListResourceTemplatesResult['resourceTemplates'] = [
  {
    uriTemplate: 'confluence://{site}/page/{id}',
    name: 'page',
    title: 'Confluence page',
    description: 'A page or blog post as Markdown, by its id.',
    mimeType: markdown,
  },
  {
    uriTemplate: 'confluence://{site}/space/{key}',
    name: 'space',
    title: 'Confluence space',
    description: 'What a space is and its pages at the top, by its key.',
    mimeType: markdown,
  },
];

async function read(call: Call, name: string, input: Record<string, unknown>) {
  const done = await executeWithin(call, { name, input, tiers: ['read'] });
  if (done.kind !== 'read') throw new InternalError('internal', `${name} did not read.`);
  return done.result;
}

async function hostOf(call: Call): Promise<string | null> {
  const site = (await call.deps.connectionView(call.principal.user.id))?.site ?? null;
  return site === null ? null : new URL(site.url).host;
}

const spaceResource = (host: string, { title, space }: Source) => ({
  uri: `confluence://${host}/space/${encodeURIComponent(space?.key ?? '')}`,
  name: `space-${space?.key ?? ''}`,
  title: visible(title),
  description: `Confluence space ${visible(space?.key ?? '')}`,
  mimeType: markdown,
});

/**
 * The guides, then the spaces the person sees, in the order of their names and in pages. Without a connection only the guides:
 * a list is asked for before anybody wants to work, so it does not fail.
 * @throws ProtocolError for a cursor that is none of ours
 */
export async function listResources(call: Call, cursor: string | undefined): Promise<ListResourcesResult> {
  const guides =
    cursor === undefined
      ? guidesFor(call.deps, call.principal).map(({ text: _, ...guide }) => ({
          ...guide,
          mimeType: markdown,
        }))
      : [];
  const spaces = call.deps.findOperation('list_spaces');
  const host = await hostOf(call);
  if (host === null || spaces === null || call.deps.refusal(spaces, call.principal.limits) !== null)
    return { resources: guides };
  try {
    const { sources, data } = await read(call, 'list_spaces', {
      limit: 100,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const next = typeof data.cursor === 'string' ? data.cursor : undefined;
    return {
      resources: [...guides, ...sources.map((source) => spaceResource(host, source))],
      ...(next === undefined ? {} : { nextCursor: next }),
    };
  } catch (error) {
    if (error instanceof ConfabError && mendedElsewhere.has(error.code)) return { resources: guides };
    throw error;
  }
}

/** What a tool call will say with its link; a list shows what is left. */
const mendedElsewhere = new Set<string>(['needs_connection', 'reconnect', 'missing_scope', 'forbidden']);

/**
 * One resource. Words from Confluence are fenced, as in the answers of tools.
 * @throws ResourceNotFoundError for an address that names nothing this access may see; what the read throws else
 */
export async function readResource(call: Call, uri: string): Promise<ReadResourceResult> {
  const guide = guidesFor(call.deps, call.principal).find((one) => one.uri === uri);
  const one = (text: string): ReadResourceResult => ({ contents: [{ uri, mimeType: markdown, text }] });
  if (guide !== undefined) return one(guide.text());
  const [, site, kind, given] =
    /^confluence:\/\/([\w.:-]{1,255})\/(page|space)\/([^/?#]{1,255})$/.exec(uri) ?? [];
  if (site === undefined || kind === undefined || given === undefined || !isEncoded(given))
    throw new ResourceNotFoundError(uri);
  // Without a connection the read itself says so, with the link to connect.
  const host = await hostOf(call);
  if (host !== null && site.toLowerCase() !== host.toLowerCase()) {
    throw new ResourceNotFoundError(uri, `This access works on ${host}, not on ${site}.`);
  }
  const name = decodeURIComponent(given);
  try {
    const { text } =
      kind === 'page'
        ? await read(call, 'read_page', { page: name, format: 'markdown', max_chars: wholePage })
        : await read(call, 'get_space', { space: name });
    return one(fenced(text));
  } catch (error) {
    if (error instanceof ConfabError && error.code === 'not_found')
      throw new ResourceNotFoundError(uri, error.message);
    throw error;
  }
}

function isEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== '';
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
