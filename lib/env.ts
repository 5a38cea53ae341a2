import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { OperatorError } from './errors.ts';
import { type KeyCeiling, type KeyTier, keyTiers, operationTags, writePolicies } from './wire/keys.ts';

/** Sandbox stand-ins for the operator's Atlassian app; the sandbox accepts them and nothing else does. */
const sandboxApp = { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' };

const port = z.coerce.number().int().min(1).max(65535);
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const filled = z.string().trim().min(1);

/** Schemes of desktop programs that take an answer by themselves. Cursor's is `cursor://anysphere.cursor-mcp/...`. */
const desktopSchemes =
  'cursor, vscode, vscode-insiders, vscodium, windsurf, zed, claude, kiro, jetbrains, warp, raycast, goose, lmstudio';
/** What a browser, and not a program of its own, would open, or run. */
const notSchemes =
  /^(https?|javascript|data|blob|file|about|vbscript|wss?|ftp|view-source|filesystem|mailto|tel)$/;

const redirectSchemes = z
  .string()
  .default(desktopSchemes)
  .transform((text) =>
    text.trim() === 'none'
      ? []
      : text
          .toLowerCase()
          .split(/[\s,]+/)
          .filter(Boolean),
  )
  .refine(
    (list) => list.every((name) => /^[a-z][a-z0-9+.-]*$/.test(name) && !notSchemes.test(name)),
    'must be schemes such as cursor or com.example.app, separated by commas, or none',
  );

/** Names separated by commas or white space, each once. */
const names = (fits: (name: string) => boolean, message: string) =>
  z
    .string()
    .transform((text) => [...new Set(text.split(/[\s,]+/).filter(Boolean))])
    .refine((list) => list.length > 0 && list.every(fits), message);
const oneOf = (known: readonly string[]) =>
  names((name) => known.includes(name), `must be some of ${known.join(', ')}, separated by commas`);
const spaceNames = names(
  (name) => /^~?[\w.:-]+$/.test(name),
  'must be keys or ids of spaces, such as ENG, separated by commas',
);

const schema = z.object({
  PORT: port.default(3000),
  HOST: filled.default('127.0.0.1'),
  PUBLIC_URL: url.optional(),
  DATA_DIR: filled.default('./data'),
  DATABASE_URL: filled.optional(),
  CONFAB_SECRET: z.string().min(32, 'must be at least 32 characters').optional(),
  OPENAI_API_KEY: filled.optional(),
  OPENAI_BASE_URL: url.optional(),
  OPENAI_MODEL: filled.optional(),
  OPENAI_API: z.enum(['responses', 'chat']).optional(),
  CONFAB_CONFLUENCE: z.enum(['atlassian', 'sandbox']).optional(),
  ATLASSIAN_CLIENT_ID: filled.optional(),
  ATLASSIAN_CLIENT_SECRET: filled.optional(),
  ATLASSIAN_AUTH_URL: url.optional(),
  ATLASSIAN_API_URL: url.optional(),
  SANDBOX_PORT: port.optional(),
  SANDBOX_PUBLIC_URL: url.optional(),
  CONFAB_SANDBOX_CONNECTED: z.enum(['1', '0']).optional(),
  CONFAB_ADMIN_KEY: z.enum(['1', '0']).optional(),
  CONFAB_TOOLKITS_INSIDE: z.enum(['1', '0']).optional(),
  CONFAB_OAUTH_REDIRECT_SCHEMES: redirectSchemes,
  CONFAB_KEY_CALLS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(600),
  CONFAB_KEY_TIERS: oneOf(keyTiers).optional(),
  CONFAB_KEY_TAGS: oneOf(operationTags).optional(),
  CONFAB_KEY_SPACES: spaceNames.optional(),
  CONFAB_KEY_WRITES: z.enum(writePolicies).default('trust'),
  CONFAB_KEY_MAX_DAYS: z.coerce.number().int().min(1).max(3650).optional(),
  CONFAB_KEY_HEADER_ONLY: z.enum(['1', '0']).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Variables by name, as `process.env` has them. */
export type EnvSource = Record<string, string | undefined>;

export type Env = {
  port: number;
  host: string;
  publicUrl: string;
  dataDir: string;
  secret: string | null;
  confluence: 'atlassian' | 'sandbox';
  atlassian: { clientId: string; clientSecret: string; authUrl: string; apiUrl: string };
  sandbox: { port: number; publicUrl: string; peopleStartConnected: boolean };
  /** Whether people may switch on Confluence's admin key, which bypasses restrictions for some minutes. */
  adminKey: boolean;
  /** Whether an admin may add toolkits that stand on this machine or in a private network. */
  toolkitsInside: boolean;
  /** Schemes, without `:`, to which MCP clients may have the answer of an OAuth consent sent. */
  oauthRedirectSchemes: readonly string[];
  /** Requests one key may send in a minute before it is asked to wait. */
  keyCallsPerMinute: number;
  /** What keys and grants may do at most. */
  keyCeiling: KeyCeiling;
  model:
    | { kind: 'demo' }
    | { kind: 'openai'; apiKey: string; baseUrl: string | null; name: string; api: 'responses' | 'chat' };
  logLevel: string;
};

/** Variables of `.env.local` and `.env` under `folder`; what the process already has wins. */
function withFiles(folder: string, env: EnvSource): EnvSource {
  const read = (name: string): EnvSource => {
    try {
      return parseEnv(readFileSync(resolve(folder, name), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw new OperatorError('misconfigured', `${name} cannot be read: ${(error as Error).message}`);
    }
  };
  return { ...read('.env'), ...read('.env.local'), ...env };
}

function fail(line: string): never {
  throw new OperatorError('misconfigured', line);
}

/**
 * Reads and checks the environment (interfaces: README, "Configuration").
 * @throws OperatorError with one line that names the wrong variable.
 */
export function readEnv(source: EnvSource = process.env, folder: string | null = process.cwd()): Env {
  const all = folder === null ? source : withFiles(folder, source);
  const given = Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    fail(`${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'is not valid'}`);
  }
  const e = parsed.data;
  if (e.DATABASE_URL !== undefined) {
    fail('DATABASE_URL: PostgreSQL is not supported yet. Remove it to use SQLite in DATA_DIR.');
  }
  if ((e.ATLASSIAN_CLIENT_ID === undefined) !== (e.ATLASSIAN_CLIENT_SECRET === undefined)) {
    fail('ATLASSIAN_CLIENT_ID and ATLASSIAN_CLIENT_SECRET: set both or neither.');
  }
  const confluence = e.CONFAB_CONFLUENCE ?? (e.ATLASSIAN_CLIENT_ID === undefined ? 'sandbox' : 'atlassian');
  if (confluence === 'atlassian' && e.ATLASSIAN_CLIENT_ID === undefined) {
    fail('CONFAB_CONFLUENCE=atlassian: needs ATLASSIAN_CLIENT_ID and ATLASSIAN_CLIENT_SECRET.');
  }
  if (e.OPENAI_API_KEY === undefined && e.OPENAI_BASE_URL !== undefined) {
    fail('OPENAI_BASE_URL: needs OPENAI_API_KEY as well (any text, where the service asks for none).');
  }
  const sandboxPort = e.SANDBOX_PORT ?? e.PORT + 1;
  const sandboxUrl = e.SANDBOX_PUBLIC_URL ?? `http://localhost:${sandboxPort}`;
  const inSandbox = confluence === 'sandbox';
  return {
    port: e.PORT,
    host: e.HOST,
    publicUrl: e.PUBLIC_URL ?? `http://localhost:${e.PORT}`,
    dataDir: resolve(folder ?? process.cwd(), e.DATA_DIR),
    secret: e.CONFAB_SECRET ?? null,
    confluence,
    atlassian: {
      clientId: inSandbox ? sandboxApp.clientId : (e.ATLASSIAN_CLIENT_ID as string),
      clientSecret: inSandbox ? sandboxApp.clientSecret : (e.ATLASSIAN_CLIENT_SECRET as string),
      authUrl: e.ATLASSIAN_AUTH_URL ?? (inSandbox ? sandboxUrl : 'https://auth.atlassian.com'),
      apiUrl: e.ATLASSIAN_API_URL ?? (inSandbox ? sandboxUrl : 'https://api.atlassian.com'),
    },
    sandbox: {
      port: sandboxPort,
      publicUrl: sandboxUrl,
      peopleStartConnected: e.CONFAB_SANDBOX_CONNECTED === '1',
    },
    adminKey: e.CONFAB_ADMIN_KEY === '1',
    toolkitsInside: e.CONFAB_TOOLKITS_INSIDE === '1',
    oauthRedirectSchemes: e.CONFAB_OAUTH_REDIRECT_SCHEMES,
    keyCallsPerMinute: e.CONFAB_KEY_CALLS_PER_MINUTE,
    keyCeiling: {
      tiers: keyTiers.filter((tier: KeyTier) => e.CONFAB_KEY_TIERS?.includes(tier) ?? true),
      tags: e.CONFAB_KEY_TAGS ?? null,
      spaces: e.CONFAB_KEY_SPACES ?? null,
      writes: e.CONFAB_KEY_WRITES,
      maxDays: e.CONFAB_KEY_MAX_DAYS ?? null,
      headerOnly: e.CONFAB_KEY_HEADER_ONLY === '1',
    },
    model:
      e.OPENAI_API_KEY === undefined
        ? { kind: 'demo' }
        : {
            kind: 'openai',
            apiKey: e.OPENAI_API_KEY,
            baseUrl: e.OPENAI_BASE_URL ?? null,
            name: e.OPENAI_MODEL ?? 'gpt-5.1',
            api: e.OPENAI_API ?? (e.OPENAI_BASE_URL === undefined ? 'responses' : 'chat'),
          },
    logLevel: e.LOG_LEVEL,
  };
}

let cached: Env | undefined;

/** The environment of this process, read once. */
export function env(): Env {
  cached ??= readEnv();
  return cached;
}
