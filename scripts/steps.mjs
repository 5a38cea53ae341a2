import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, say } from './node.mjs';
import { clientsFolder } from './prepare.mjs';

/** Runs a program with its output shown; resolves to its exit code. */
export function run(command, args, env = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('error', (error) => {
      say(String(error));
      done(127);
    });
    child.on('exit', (code) => done(code ?? 1));
  });
}

const asOne = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });

/** A report that is missing or empty counts as a failure: a runner that died has not passed. */
async function counted(command, args, env, read) {
  const folder = mkdtempSync(join(tmpdir(), 'confab-report-'));
  const file = join(folder, 'report.json');
  const code = await run(command, args(file), env(file));
  const counts = existsSync(file)
    ? read(JSON.parse(readFileSync(file, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 };
  rmSync(folder, { recursive: true, force: true });
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.passed === 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

export const steps = {
  types: async () =>
    asOne(
      await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', '.']),
    ),
  /** The specs beside clients of other people: their types are there only once those are installed. */
  clientTypes: async () =>
    asOne(
      await run(process.execPath, [
        join(root, 'node_modules/typescript/bin/tsc'),
        '--noEmit',
        '-p',
        clientsFolder,
      ]),
    ),
  lint: async () =>
    asOne(await run(process.execPath, [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'check', '.'])),
  units: () =>
    counted(
      process.execPath,
      (file) => [
        join(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ],
      () => ({ NODE_ENV: 'test' }),
      (report) => ({
        passed: report.numPassedTests,
        failed:
          report.numFailedTests +
          report.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0).length,
        skipped: report.numPendingTests + (report.numTodoTests ?? 0),
      }),
    ),
  e2e: (chromium, more = []) =>
    counted(
      process.execPath,
      () => [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '-c', 'e2e', ...more],
      (file) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: file, CHROMIUM: chromium }),
      ({ stats }) => {
        if (stats.flaky > 0) say(`${stats.flaky} passed only on the second try: see "flaky" above.`);
        return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
      },
    ),
};

/** Runs the named steps one after the other, prints a line each and the closing line. */
export async function runSteps(list) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, step] of list) {
    say(`\n== ${name} ==`);
    const started = Date.now();
    const counts = await step();
    for (const kind of Object.keys(total)) total[kind] += counts[kind];
    say(
      `${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${((Date.now() - started) / 1000).toFixed(1)} s)`,
    );
  }
  process.stdout.write(
    `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}\n`,
  );
  process.exit(total.failed === 0 ? 0 : 1);
}
