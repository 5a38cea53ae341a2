import {
  allToolkits,
  allToolkitTools,
  database,
  deleteToolkit,
  insertToolkit,
  newId,
  type ToolkitRow,
  updateToolkit,
  updateToolkitTool,
} from '#db';
import { toErrorView, UserError } from '#errors';
import type { NewToolkit, ToolDecision } from '#lib/wire';
import { log } from '#log';
import { compare } from './compare.ts';
import { accessOf } from './credentials.ts';
import { parseDefinition, usable } from './definition.ts';
import { failureOf } from './failures.ts';
import { loadToolkits, toToolkit } from './registry.ts';
import { withServer } from './server.ts';
import type { Person, Toolkit } from './types.ts';
import { seal } from './vault.ts';
import { oneLine } from './words.ts';

const gone = () => new UserError('not_found', 'There is no such toolkit.', { next: 'Reload the page.' });

async function rowOf(id: string): Promise<ToolkitRow> {
  const row = (await allToolkits(await database())).find((one) => one.id === id);
  if (row === undefined) throw gone();
  return row;
}

/** Letters and digits, beginning with a letter: it stands before the names of operations. */
function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .replace(/__+/g, '_')
    .slice(0, 20)
    .replace(/_+$/, '');
}

/** The address without what a log or a browser's history must not hold. @throws UserError invalid_input */
function addressOf(text: string): string {
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    throw new UserError('invalid_input', 'url: an address with a password in it is not taken.', {
      next: 'Let each person paste their own as a header.',
    });
  url.hash = '';
  return url.href;
}

/**
 * Adds another MCP server. Nothing of it can be used before an admin has looked at its tools.
 * @param reserved names of areas that are ours.
 * @throws UserError invalid_input, conflict (the name is taken)
 */
export async function addToolkit(admin: Person, o: NewToolkit, reserved: readonly string[]): Promise<string> {
  const slug = slugOf(o.name);
  if (slug.length < 2)
    throw new UserError(
      'invalid_input',
      'name: it needs at least two Latin letters or digits, which go before the names of its tools.',
      { next: 'Add some.' },
    );
  if ([...reserved, 'confab', 'confluence', 'atlassian', 'mcp', 'callback', 'execute'].includes(slug))
    throw new UserError('conflict', `name: “${slug}” is the name of something of Confab's own.`, {
      next: 'Choose another name.',
    });
  const id = newId('tkt');
  const client = o.client_id
    ? seal(['toolkit_client', id], {
        client_id: o.client_id,
        ...(o.client_secret ? { client_secret: o.client_secret } : {}),
      })
    : null;
  const added = await insertToolkit(await database(), {
    id,
    slug,
    name: oneLine(o.name, 40),
    url: addressOf(o.url),
    auth: o.auth,
    header_name: o.header_name,
    client,
    enabled: 1,
    server: null,
    checked_at: null,
    check_error: null,
    created_by: admin.id,
    created_at: Date.now(),
  });
  if (!added)
    throw new UserError('conflict', `name: there is a toolkit “${slug}” already.`, {
      next: 'Choose another name.',
    });
  log.info({ toolkit: slug, by: admin.id }, 'a toolkit was added');
  await loadToolkits();
  return id;
}

/** Removes a toolkit with everybody's credentials. What was written through it stays in the record. */
export async function removeToolkit(admin: Person, id: string): Promise<void> {
  const { slug } = await rowOf(id);
  await deleteToolkit(await database(), id);
  log.info({ toolkit: slug, by: admin.id }, 'a toolkit was removed');
  await loadToolkits();
}

/** Switches a toolkit on or off; credentials stay. */
export async function switchToolkit(admin: Person, id: string, on: boolean): Promise<void> {
  if (!(await updateToolkit(await database(), id, { enabled: on ? 1 : 0 }))) throw gone();
  log.info({ toolkit: id, on, by: admin.id }, 'a toolkit was switched');
  await loadToolkits();
}

/**
 * Reconnects with the admin's own credentials, lists the tools and compares them with what is pinned. What went wrong
 * is kept for the page.
 * @throws what kept it from listing
 */
export async function checkToolkit(admin: Person, id: string, signal: AbortSignal): Promise<void> {
  const toolkit: Toolkit = toToolkit(await rowOf(id));
  try {
    const { headers } = await accessOf(toolkit, admin.id);
    await compare(toolkit, await withServer(toolkit, { headers, signal }, (session) => session.list()), true);
  } catch (error) {
    const failure = failureOf(error, toolkit, signal);
    await updateToolkit(await database(), id, { check_error: JSON.stringify(toErrorView(failure)) });
    throw failure;
  }
}

/**
 * Carries out an admin's decision on a tool, if it still is what was on screen.
 * @throws UserError conflict when it has changed since, not_possible for one that cannot be used
 */
export async function decideTool(admin: Person, id: string, o: ToolDecision): Promise<void> {
  const db = await database();
  const row = (await allToolkitTools(db)).find((one) => one.toolkit_id === id && one.name === o.name);
  if (row === undefined) throw gone();
  const { decision } = o;
  const accepted = decision === 'accept' && row.seen_definition !== null && row.seen_fingerprint !== null;
  const definition = accepted ? (row.seen_definition as string) : row.definition;
  if (decision !== 'off') {
    const found = usable(parseDefinition(definition));
    if ('why' in found)
      throw new UserError('not_possible', found.why, { next: 'Ask whoever runs that server.' });
  }
  const set =
    decision === 'accept'
      ? accepted
        ? {
            definition,
            fingerprint: row.seen_fingerprint as string,
            seen_definition: null,
            seen_fingerprint: null,
            seen_at: null,
          }
        : {}
      : decision === 'off'
        ? { allowed: 0 }
        : { allowed: 1, tier: decision };
  const is = { toolkitId: id, name: o.name, fingerprint: o.fingerprint, seen: o.seen };
  if (!(await updateToolkitTool(db, is, { ...set, reviewed_at: Date.now() })))
    throw new UserError('conflict', 'This tool is no longer what was on your screen.', {
      next: 'Look at it again.',
    });
  log.info({ toolkit: id, tool: o.name, decision, by: admin.id }, 'an admin decided on a tool');
  await loadToolkits();
}
