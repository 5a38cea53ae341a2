import { parseArgs } from 'node:util';
import { closeDatabase, database, userByEmail } from '#db';
import { ConfabError, UserError } from '#errors';
import { demoPerson, type KeyView, listKeys, makeKey, revokeKey, type User, userById } from '#lib/auth';
import { findOperation, nearestNames } from '#lib/router';

const usage = `Usage: npm run -s key -- --user ada|EMAIL --name NAME [limits] [--json]
       npm run -s key -- --user ada|EMAIL --list [--json]
       npm run -s key -- --user ada|EMAIL --revoke ID
Limits, all optional; lists are separated by commas:
  --tiers read,write,destructive   --operations read_page,...   --tags pages,search   --spaces ENG
  --site NAME|URL|ID               --surface router|all|entities
  --writes approve|trust|deny      --expires 90s|1h|30d|ISO time|never
  --require-header                 --manage-keys`;

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
  list: { type: 'boolean' },
  revoke: { type: 'string' },
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
      next: `\n${usage}`,
      cause,
    });
  }
}
type Given = ReturnType<typeof readArguments>;

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

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function make(given: Given, user: User): Promise<void> {
  if (given.name === undefined)
    throw new UserError('invalid_input', '--name is missing.', { next: `\n${usage}` });
  const asked = {
    methods: list(given.tiers),
    tags: list(given.tags),
    spaces: list(given.spaces),
    operations: list(given.operations),
    site: given.site,
    surface: given.surface,
    writes: given.writes,
    require_api_token_auth: given['require-header'],
    manage_keys: given['manage-keys'],
  };
  const config = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const expires_at = given.expires === 'never' ? null : given.expires;
  const made = await makeKey(
    user,
    null,
    { name: given.name, config, expires_at },
    { findOperation, nearestNames },
  );
  if (given.json) return print([JSON.stringify(made)]);
  print([
    `Key "${made.name}" (${made.id}), shown this once:`,
    `  ${made.key}`,
    `URL: ${made.url}  (send the key as "Authorization: Bearer ...")`,
    ...(made.url_with_key === null ? [] : [`URL with the key in it: ${made.url_with_key}`]),
    `Expires: ${made.expires_at ?? 'never'}`,
  ]);
}

const line = ({ id, name, prefix, config, expires_at, last_used_at, calls, expired }: KeyView): string =>
  [
    id,
    `${prefix}…`,
    name,
    config.methods.join('+'),
    `writes ${config.writes}`,
    expired ? 'expired' : `ends ${expires_at ?? 'never'}`,
    last_used_at === null ? 'never used' : `last used ${last_used_at}, ${calls} calls`,
  ].join('  ');

async function showAll(given: Given, user: User): Promise<void> {
  const keys = await listKeys(user.id);
  print(given.json ? [JSON.stringify(keys)] : keys.length === 0 ? ['No keys.'] : keys.map(line));
}

async function main(): Promise<void> {
  const given = readArguments();
  if (given.help) return print([usage]);
  if (given.user === undefined)
    throw new UserError('invalid_input', '--user is missing.', { next: `\n${usage}` });
  const user = await findUser(given.user);
  if (given.list) return showAll(given, user);
  if (given.revoke === undefined) return make(given, user);
  await revokeKey(user.id, given.revoke);
  print([`Key ${given.revoke} is revoked.`]);
}

try {
  await main();
} catch (error) {
  const words =
    error instanceof ConfabError ? [error.message, error.next].filter(Boolean).join(' ') : String(error);
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
