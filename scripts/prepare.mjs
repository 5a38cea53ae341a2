import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, runNpm, say } from './node.mjs';

const at = (...parts) => join(root, ...parts);
const digest = (...texts) => createHash('sha256').update(texts.join('\0')).digest('hex');
const readIf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null);

/** Installs what the lock file of a folder names, when it is missing or another lock file made it. */
function install(folder, what) {
  const stamp = at(folder, 'node_modules', '.confab-lock');
  const wanted = digest(readFileSync(at(folder, 'package-lock.json'), 'utf8'));
  if (readIf(stamp) === wanted) return;
  say(`Installing ${what} ...`);
  const { status, stdout, stderr } = runNpm(
    ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--include=dev'],
    { cwd: at(folder) },
  );
  if (status !== 0)
    fail(`${what} could not be installed: npm ci failed in ${at(folder)}.\n${stdout}\n${stderr}`);
  writeFileSync(stamp, wanted);
}

/** Installs the locked dependencies of the product and of its checks. */
export function installDependencies() {
  install('.', 'dependencies');
}

/** The folder of the MCP clients and checkers of other people: for the stories alone, never for `npm start`. */
export const clientsFolder = 'e2e/clients';

/** Installs those clients. They come from the npm registry, so the first run of the stories needs a network. */
export function installClients() {
  install(clientsFolder, 'the MCP clients of the stories');
}

const buildInputs = [
  'app',
  'components',
  'lib',
  'db',
  'public',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.mjs',
  'package-lock.json',
  'tsconfig.json',
];

/** One digest over everything the build reads; tests and the sandbox are not part of the app. */
function sourcesDigest() {
  const seen = [];
  const walk = (path) => {
    const file = at(path);
    if (!existsSync(file) || path === 'lib/sandbox') return;
    if (statSync(file).isDirectory()) {
      for (const name of readdirSync(file).sort()) walk(`${path}/${name}`);
    } else if (!/\.test\.tsx?$/.test(path)) {
      seen.push(path, readFileSync(file, 'utf8'));
    }
  };
  for (const path of buildInputs) walk(path);
  return digest(process.versions.node, ...seen);
}

/** Builds the app for production when the build is missing or its sources have changed. */
export function buildApp() {
  const stamp = at('.next', 'confab-build');
  const wanted = sourcesDigest();
  if (readIf(stamp) === wanted) return;
  say('Building ...');
  rmSync(stamp, { force: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [at('node_modules/next/dist/bin/next'), 'build'],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    },
  );
  if (status !== 0) fail(`The build failed.\n${stdout}\n${stderr}`);
  mkdirSync(at('.next'), { recursive: true });
  writeFileSync(stamp, wanted);
}
