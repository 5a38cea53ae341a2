import { type App, startApp } from '../../e2e/app.ts';
import { residentMb } from './resident.ts';
import type { Row } from './row.ts';

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
