import { parseArgs } from 'node:util';
import { closeDatabase, database, userByEmail } from '#db';
import { ConfabError, UserError } from '#errors';
import { checked, createKey, demoPerson, keyConfigSchema, parseExpiry, type User, userById } from '#lib/auth';

const usage =
  'Usage: npm run -s key -- --user ada|EMAIL --name NAME [--tiers read,write,destructive] [--tags pages,search] ' +
  '[--spaces ENG] [--operations read_page] [--site NAME] [--surface router|all|entities] [--writes approve|trust|deny] ' +
  '[--expires 1h|30d|ISO time] [--require-header] [--manage-keys] [--json]';

const options = {
  user: { type: 'string' },
  name: { type: 'string' },
  tiers: { type: 'string' },
  tags: { type: 'string' },
  spaces: { type: 'string' },
  operations: { type: 'string' },
  site: { type: 'string' },
  surface: { type: 'string' },
  writes: { type: 'string' },
  expires: { type: 'string' },
  'require-header': { type: 'boolean' },
  'manage-keys': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const list = (text: string | undefined) =>
  text
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function readArguments() {
  try {
    return parseArgs({ options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    throw new UserError('invalid_input', (cause as Error).message.split('\n')[0] ?? 'Wrong arguments.', {
      next: usage,
      cause,
    });
  }
}

async function findUser(given: string): Promise<User> {
  const name = given.trim().toLowerCase();
  if (!name.includes('@')) {
    const person = await demoPerson(name);
    if (person !== null) return person;
    throw new UserError('not_found', `--user ${given}: there is no such person.`, {
      next: 'Give an email; ada and ben exist in the sandbox with a local PUBLIC_URL only.',
    });
  }
  // The practice people are made on first use; here that may be now.
  await demoPerson('ada');
  const row = await userByEmail(await database(), name);
  const user = row === undefined ? null : await userById(row.id);
  if (user === null) throw new UserError('not_found', `--user ${given}: nobody here has this email.`);
  return user;
}

async function main(): Promise<void> {
  const given = readArguments();
  if (given.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  if (given.user === undefined) throw new UserError('invalid_input', '--user is missing.', { next: usage });
  if (given.name === undefined) throw new UserError('invalid_input', '--name is missing.', { next: usage });
  const config = checked(keyConfigSchema, {
    methods: list(given.tiers),
    tags: list(given.tags),
    spaces: list(given.spaces),
    operations: list(given.operations),
    site: given.site,
    surface: given.surface,
    writes: given.writes,
    require_api_token_auth: given['require-header'],
    manage_keys: given['manage-keys'],
  });
  const expiresAt = parseExpiry(given.expires ?? null);
  const made = await createKey(await findUser(given.user), { name: given.name, config, expiresAt });
  if (given.json) {
    process.stdout.write(`${JSON.stringify(made)}\n`);
    return;
  }
  const lines = [
    `Key "${made.name}" (${made.id}), shown this once:`,
    `  ${made.key}`,
    `URL: ${made.url}  (send the key as "Authorization: Bearer ...")`,
    ...(made.url_with_key === null ? [] : [`URL with the key in it: ${made.url_with_key}`]),
    `Expires: ${made.expires_at ?? 'never'}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

try {
  await main();
} catch (error) {
  const line =
    error instanceof ConfabError ? [error.message, error.next].filter(Boolean).join(' ') : String(error);
  process.stderr.write(`${line}\n`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
