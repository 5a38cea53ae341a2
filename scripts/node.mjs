// Runs on Node 20 as well: everything else needs Node 22 or newer, and this fetches it where it is missing.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldest = 22;
const fetched = '24.21.0';

/** Prints one line to standard error and ends the process. */
export function fail(line) {
  process.stderr.write(`confab: ${line}\n`);
  process.exit(1);
}

/** A line of progress; standard output stays free for results. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

const windows = process.platform === 'win32';
const npm = windows ? 'npm.cmd' : 'npm';

/** Runs npm and returns its exit code and output. */
export function runNpm(args, options = {}) {
  return spawnSync(npm, args, { cwd: root, encoding: 'utf8', shell: windows, ...options });
}

function checkNpm() {
  const { status, stdout } = runNpm(['--version']);
  if (status !== 0)
    fail('npm is not installed. Install Node.js with npm (https://nodejs.org) and try again.');
  if (Number.parseInt(stdout, 10) < 9)
    fail(`npm ${stdout.trim()} is too old; npm 9 or newer is needed: npm install -g npm@latest`);
}

/** The folder of a Node runtime that is new enough, fetched from the npm registry if need be. */
function fetchNode() {
  checkNpm();
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const home = join(root, '.runtime');
  const binary = join(home, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  say(
    `Node ${process.versions.node} is older than ${oldest}: fetching Node ${fetched} (npm package ${name}), once ...`,
  );
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{"private":true}\n');
  const { status, stderr } = runNpm(
    ['install', '--no-audit', '--no-fund', '--save-exact', `${name}@${fetched}`],
    { cwd: home },
  );
  if (status !== 0 || !existsSync(binary)) {
    fail(
      `Node ${fetched} could not be fetched from the npm registry. Install Node ${oldest} or newer. ${(stderr ?? '').trim().split('\n').at(-1)}`,
    );
  }
  return binary;
}

/** Goes on under a new enough Node: returns at once there, else runs this command again and never returns. */
export async function onNewNode() {
  if (Number.parseInt(process.versions.node, 10) >= oldest) return;
  const binary = fetchNode();
  const child = spawn(binary, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(binary)}${delimiter}${process.env.PATH ?? ''}` },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((done) =>
    child.on('exit', (exit, signal) => done(exit ?? (signal === 'SIGINT' ? 130 : 143))),
  );
  process.exit(code);
}
