import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** The logger writes to standard error, so it is watched from outside. */
function logged(code: string): string {
  const script = `import { log } from '${new URL('./log.ts', import.meta.url).href}'; ${code}`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, LOG_LEVEL: 'info' },
  }).stderr;
}

test('values of secret names never reach the log, at any depth it is given', () => {
  const text = logged(
    "log.info({ token: 'canary-1', user: 'ada', headers: { authorization: 'canary-2' }, a: { b: { refresh_token: 'canary-3' } } }, 'hello')",
  );
  expect(text).toContain('hello');
  expect(text).toContain('ada');
  expect(text).not.toContain('canary');
});
