import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { bundleNames, bundles, scopesNeeded } from '#lib/connections';
import { catalogue } from '#lib/router';
import { entries } from '#lib/tools';
import { lockFiles, missingPlatforms } from './lock-platforms.ts';

const root = join(import.meta.dirname, '..');

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

const rooms = ['app', 'components', 'lib', 'db', 'scripts'];
const all = [...rooms.flatMap(filesUnder), 'instrumentation.ts', 'proxy.ts'];
const isTest = (file: string) => /\.(test|fixture)\.tsx?$|\/testing\//.test(file);
const sources = all.filter((file) => !isTest(file));

/** `lib/tools/pages/x.ts` is in room `tools`; `app/c/page.tsx` in `app`; `lib/errors.ts` in `errors`. */
function roomOf(file: string): string {
  const parts = file.split('/');
  if (parts[0] === 'lib') return (parts[1] as string).replace(/\.ts$/, '');
  return parts.length === 1 ? 'app' : (parts[0] as string);
}

/** ARCHITECTURE.md draws this table; keep both alike. Each room may import itself and what is shared. */
const allowed: Record<string, string[]> = {
  app: [
    'components',
    'agent',
    'mcp',
    'router',
    'approvals',
    'toolkits',
    'chats',
    'connections',
    'auth',
    'files',
    'db',
  ],
  components: [],
  agent: ['router', 'approvals', 'chats', 'connections', 'files'],
  mcp: ['router', 'approvals', 'connections', 'auth', 'db'],
  router: ['approvals', 'tools', 'toolkits'],
  approvals: ['tools', 'toolkits', 'content', 'connections', 'db'],
  tools: ['content', 'confluence', 'connections', 'files'],
  toolkits: ['db'],
  connections: ['confluence', 'db'],
  confluence: [],
  content: [],
  chats: ['db'],
  files: ['db'],
  auth: ['db'],
  db: [],
  sandbox: [],
  scripts: ['approvals', 'auth', 'connections', 'content', 'db', 'e2e', 'mcp', 'router', 'sandbox', 'tools'],
  wire: [],
  env: [],
  errors: [],
  log: [],
  secret: [],
  canonical: [],
  'guarded-fetch': [],
};
const shared = ['wire', 'env', 'errors', 'log', 'secret', 'canonical', 'guarded-fetch'];
/** Rooms that must not even use the shared files: the browser gets no environment, the sandbox nothing of ours. */
const sharedFor: Record<string, string[]> = { components: ['wire'], sandbox: [] };

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] as string);
}

function targetRoom(file: string, specifier: string): string | null {
  if (specifier.startsWith('#lib/')) return specifier.slice(5).split('/')[0] as string;
  if (specifier.startsWith('#components/')) return 'components';
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (!specifier.startsWith('.') || specifier.endsWith('package.json')) return null;
  return roomOf(relative(root, join(root, dirname(file), specifier)));
}

test('imports go down only', () => {
  const wrong = sources.flatMap((file) => {
    const room = roomOf(file);
    const may = new Set([room, ...(allowed[room] ?? []), ...(sharedFor[room] ?? shared)]);
    return importsOf(file)
      .map((specifier) => ({ specifier, to: targetRoom(file, specifier) }))
      .filter(({ to }) => to !== null && !may.has(to))
      .map(({ specifier }) => `${file} imports ${specifier}`);
  });
  expect(wrong).toEqual([]);
});

test('rooms are imported through their public face', () => {
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => specifier.startsWith('.') && targetRoom(file, specifier) !== roomOf(file))
      .filter((specifier) => !(shared as (string | null)[]).includes(targetRoom(file, specifier)))
      .filter((specifier) => targetRoom(file, specifier) !== null)
      .map((specifier) => `${file} reaches into ${specifier}`),
  );
  // The driver of the running product stands with the stories, the corpus with the engine; the benchmark uses both.
  expect(wrong.filter((line) => !/(?:e2e\/app|corpus\.fixture)\.ts$/.test(line))).toEqual([]);
});

test('every room is in the table', () => {
  expect([...new Set(sources.map(roomOf))].filter((room) => !(room in allowed))).toEqual([]);
});

test('SQL lives in db and sandbox/db only', () => {
  const sql =
    /from 'kysely|from 'better-sqlite3'|\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b/;
  const wrong = sources.filter(
    (file) => !/^(db|lib\/sandbox\/db)\//.test(file) && sql.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(wrong).toEqual([]);
});

test('no source file is longer than 300 lines', () => {
  const long = sources
    .filter((file) => !/\/(data|demo|migrations)\//.test(file))
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});

test('no junk-drawer names, no holes in the types', () => {
  expect(all.filter((file) => /(^|\/)(utils?|helpers?|common|managers?)(\/|\.)/.test(file))).toEqual([]);
  const holes =
    /:\s*any\b|\bas any\b|@ts-ignore|@ts-expect-error|@ts-nocheck|biome-ignore|catch\s*(\([^)]*\))?\s*\{\s*\}/;
  const withoutComments = (file: string) =>
    readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  expect(sources.filter((file) => holes.test(withoutComments(file)))).toEqual([]);
});

test.each(lockFiles)('%s holds the binaries of every platform', (file) => {
  const lock = JSON.parse(readFileSync(join(root, file), 'utf8'));
  expect([...missingPlatforms(lock)], 'run: node scripts/lock-platforms.ts').toEqual([]);
});

test('every scope an operation needs, also in a further case, is in one bundle', () => {
  const needed = new Set(
    entries.flatMap(({ scopes, conditional }) => [
      ...scopes,
      ...Object.values(conditional).flatMap((one) => one.scopes),
    ]),
  );
  const listed = bundleNames.flatMap((name) => bundles[name].scopes);
  expect([...listed].sort()).toEqual([...needed].sort());
});

test('every operation has a title, a summary and an object as input', () => {
  const bare = catalogue.filter(
    ({ title, summary, input }) => title === '' || summary === '' || !('shape' in input),
  );
  expect(bare.map(({ name }) => name)).toEqual([]);
});

test('README lists the scopes of each bundle', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const name of bundleNames) {
    const { title, scopes } = bundles[name];
    const [, listed = ''] = readme.split(`**${title}** (\`${name}\`)`);
    const block = /```\n([\s\S]*?)```/.exec(listed)?.[1] ?? '';
    expect(block.split(/\s+/).filter(Boolean).sort(), name).toEqual([...scopes].sort());
  }
  expect(scopesNeeded.filter((scope) => scope !== 'offline_access' && !readme.includes(scope))).toEqual([]);
});

test('only approvals calls apply', () => {
  const wrong = sources
    .filter((file) => !file.startsWith('lib/approvals/') && !file.startsWith('lib/tools/'))
    .filter((file) => /\.apply\(ctx\b|operation\.apply\(/.test(readFileSync(join(root, file), 'utf8')));
  expect(wrong).toEqual([]);
});
