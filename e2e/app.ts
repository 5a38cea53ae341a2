import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A port that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

export type App = {
  url: string;
  sandboxUrl: string;
  dataDir: string;
  env: NodeJS.ProcessEnv;
  /** Everything it printed so far. */
  output(): string;
  /** Stops it like Ctrl+C would. */
  stop(): Promise<void>;
  /** Kills app and sandbox at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same data and ports. */
  start(more?: Record<string, string>): Promise<void>;
  /** Removes its data. */
  remove(): void;
};

/** Environment without anything of the machine that could change what the app does. */
function cleanEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' };
}

/** Starts the product as a person does (`scripts/start.mjs`), on free ports and an empty data folder. */
export async function startApp(more: Record<string, string> = {}): Promise<App> {
  const port = await freePort();
  const sandboxPort = await freePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'confab-e2e-'));
  const env = {
    ...cleanEnv(),
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    ...more,
  };
  let child: ChildProcess | undefined;
  let printed = '';

  const start = async (extra: Record<string, string> = {}) => {
    const started = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: root,
      env: { ...env, ...extra },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    child = started;
    await new Promise<void>((ready, failed) => {
      const hear = (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes('Confab is ready')) ready();
      };
      started.stdout?.on('data', hear);
      started.stderr?.on('data', hear);
      started.on('exit', (code) =>
        failed(new Error(`The app ended with ${code} before it was ready:\n${printed}`)),
      );
    });
    started.removeAllListeners('exit');
  };
  const end = async (signal: NodeJS.Signals) => {
    const running = child;
    if (running?.pid === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const exited = new Promise((done) => running.on('exit', done));
    // The whole group: a killed parent must not leave the app or the sandbox behind.
    if (signal === 'SIGKILL') process.kill(-running.pid, signal);
    else running.kill(signal);
    await exited;
    printed = '';
  };

  await start();
  return {
    url: `http://localhost:${port}`,
    sandboxUrl: `http://localhost:${sandboxPort}`,
    dataDir,
    env,
    output: () => printed,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start,
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}
