import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { App } from '../../e2e/app.ts';

/** Resident memory in MB of the process that listens on the app's port, by asking the kernel (Linux). */
export function residentMb(app: App): number {
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
