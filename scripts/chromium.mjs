import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fail, root, say } from './node.mjs';

const system = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const macApp = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

function onPath(name) {
  const { status, stdout } = spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

function playwrightsOwn() {
  const require = createRequire(join(root, 'package.json'));
  const file = require('playwright').chromium.executablePath();
  return existsSync(file) ? file : null;
}

const systems = () => system.map(onPath).find(Boolean) ?? (existsSync(macApp) ? macApp : null);

function downloadPlaywrights() {
  say('No Chromium found: asking Playwright to fetch one ...');
  spawnSync(process.execPath, [join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium'], {
    cwd: root,
    stdio: 'ignore',
    timeout: 180_000,
  });
  return playwrightsOwn();
}

function installWithApt() {
  if (process.getuid?.() !== 0 || onPath('apt-get') === null) return null;
  say('Installing Chromium with apt-get ...');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    stdio: 'ignore',
    env,
    timeout: 600_000,
  });
  return systems();
}

/** The path of a Chromium for the browser tests: one that is there, else Playwright's, else the package manager's. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named !== undefined && existsSync(named)) return named;
  const found = playwrightsOwn() ?? systems() ?? downloadPlaywrights() ?? installWithApt();
  if (found === null)
    fail(
      'No Chromium for the browser tests. Install one (npx playwright install chromium) or set CHROMIUM to its path.',
    );
  return found;
}
