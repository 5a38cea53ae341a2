import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { root } from '../../e2e/app.ts';
import { Browser } from './browser.ts';
import { contentRows } from './content.ts';
import { againstRows } from './content-against.ts';
import { tokenRows } from './content-tokens.ts';
import { discoveryRows } from './discovery.ts';
import { firstTokenRows } from './first-token.ts';
import { mcpRows } from './mcp.ts';
import { pageRows } from './page.ts';
import { readRows } from './reads.ts';
import { table } from './row.ts';
import { startRows } from './start.ts';
import { storyRows } from './stories.ts';
import { streamRows } from './streams.ts';
import { surfaceRows } from './surfaces.ts';

const json = process.argv.includes('--json');
const fakePort = 4990;
const fakeUrl = `http://127.0.0.1:${fakePort}`;

const fake = spawn(process.execPath, ['e2e/fakes/openai.ts', '--port', String(fakePort)], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
try {
  const { rows, app } = await startRows({
    CONFAB_SANDBOX_CONNECTED: '1',
    // What the app can do is measured, not what one key is allowed to ask for.
    CONFAB_KEY_CALLS_PER_MINUTE: '1000000',
    OPENAI_API_KEY: 'bench',
    OPENAI_BASE_URL: `${fakeUrl}/v1`,
    OPENAI_MODEL: 'bench',
  });
  try {
    const browser = new Browser(app.url);
    await browser.signIn('ada');
    rows.push(
      // First, on the memory of an app that has done nothing else.
      ...(await streamRows(app)),
      ...(await pageRows(browser)),
      ...(await firstTokenRows(browser, fakeUrl, 15)),
      ...(await mcpRows(app)),
      ...(await readRows(app)),
      ...(await tokenRows(app)),
      ...surfaceRows(),
      ...discoveryRows(),
    );
  } finally {
    await app.stop();
    app.remove();
  }
  rows.push(...(await contentRows()), ...againstRows(), ...(await storyRows()));
  const machine = { node: process.versions.node, platform: process.platform, cores: cpus().length };
  process.stdout.write(
    json
      ? `${JSON.stringify({ machine, rows })}\n`
      : `${table(rows)}\n\nNode ${machine.node}, ${machine.platform}, ${machine.cores} cores\n`,
  );
} finally {
  fake.kill();
}
