import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from './index.ts';
import { tinyDemo } from './tiny-demo.ts';

export { type Answer, send } from './test-send.ts';
export { askToken, connect, consent, type Tokens } from './test-sign-in.ts';
export { accountIds, labs, robotics, tinyDemo } from './tiny-demo.ts';

/** A running sandbox in a folder of its own that ends with the test. */
export async function startTest(
  options: Partial<SandboxOptions> = {},
): Promise<Sandbox & { dataDir: string }> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'sandbox-'));
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1', demo: tinyDemo(), ...options, dataDir });
  let open = true;
  const close = async () => {
    if (open) await sandbox.close();
    open = false;
  };
  onTestFinished(async () => {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return { url: sandbox.url, close, dataDir };
}
