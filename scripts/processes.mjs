import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { root } from './node.mjs';

const children = new Set();
let stopping = false;

/** Starts a Node program whose life is tied to ours; `onExit` hears of an end nobody asked for. */
export function startNode(args, { env = {}, onExit } = {}) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  children.add(child);
  child.on('exit', (code, signal) => {
    children.delete(child);
    if (!stopping) onExit?.(code, signal);
  });
  return child;
}

/** Stops all we started, waiting up to five seconds before insisting. */
export async function stopAll() {
  stopping = true;
  const running = [...children];
  const ended = Promise.all(running.map((child) => new Promise((done) => child.on('exit', done))));
  for (const child of running) child.kill('SIGTERM');
  const timer = setTimeout(() => {
    for (const child of running) child.kill('SIGKILL');
  }, 5000);
  await ended;
  clearTimeout(timer);
}

/** Stops all and exits when the person or the system asks for it. */
export function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, async () => {
      await stopAll();
      process.exit(0);
    });
  }
}

/** True when nobody listens on the port. */
export function portIsFree(port, host) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, host, () => probe.close(() => done(true)));
  });
}

/** Waits until something accepts connections on the port; false after the time is up. */
export async function waitForPort(port, host, milliseconds = 60_000) {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    const open = await new Promise((done) => {
      const socket = connect(port, host, () => {
        socket.destroy();
        done(true);
      });
      socket.on('error', () => done(false));
    });
    if (open) return true;
    await new Promise((done) => setTimeout(done, 60));
  }
  return false;
}
