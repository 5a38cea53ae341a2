import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type App, startApp } from '../../e2e/app.ts';
import type { Row } from './row.ts';

/** Resident memory in MB of the process that listens on the app's port, by asking the kernel. */
function residentMb(app: App): number {
  const pids = execFileSync('pgrep', ['-f', `next.*${new URL(app.url).port}|next-server`], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
  const kilobytes = pids.map((pid) => {
    const environ = readFileSync(`/proc/${pid}/environ`, 'utf8');
    if (!environ.includes(`DATA_DIR=${app.dataDir}`)) return 0;
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  });
  return Math.max(...kilobytes) / 1024;
}

async function startMs(app: App): Promise<number> {
  const started = performance.now();
  await app.start();
  return performance.now() - started;
}

/** Start-up of a built app on an empty and on a used data folder, and its memory at rest. */
export async function startRows(env: Record<string, string>): Promise<{ rows: Row[]; app: App }> {
  const started = performance.now();
  const app = await startApp(env);
  const cold = performance.now() - started;
  await app.stop();
  const warm = await startMs(app);
  await new Promise((done) => setTimeout(done, 3000));
  const rows: Row[] = [
    {
      name: 'start on an empty data folder (built)',
      value: cold,
      unit: 'ms',
      aim: '',
      note: 'npm start until "ready"',
    },
    { name: 'start again', value: warm, unit: 'ms', aim: 'seconds' },
  ];
  if (process.platform === 'linux')
    rows.push({ name: 'resident memory of the app at rest', value: residentMb(app), unit: 'MB', aim: '' });
  return { rows, app };
}
