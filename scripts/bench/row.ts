export type Row = {
  name: string;
  value: number;
  unit: 'ms' | 'MB' | 'MB/s' | 'KB' | 'characters' | 'tokens' | '%' | 'requests' | 'calls/s';
  aim: string;
  note?: string;
};

const whole = new Set<Row['unit']>(['characters', 'tokens', 'requests']);

/** The value below which that share (0 to 1) of all lies. */
export const at = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

export const median = (values: number[]): number => at(values, 0.5);

/** Milliseconds a call takes, each of `times` runs, after one run to warm up. */
export async function timed(times: number, call: () => Promise<unknown>): Promise<number[]> {
  await call();
  const taken: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const started = performance.now();
    await call();
    taken.push(performance.now() - started);
  }
  return taken;
}

/**
 * Makes `calls` calls with `workers` of them under way at any time, after one of each worker to warm up.
 * @returns milliseconds each took, and all together
 */
export async function together(
  workers: number,
  calls: number,
  call: (worker: number) => Promise<unknown>,
): Promise<{ taken: number[]; ms: number }> {
  const each = Array.from({ length: workers }, (_, worker) => worker);
  await Promise.all(each.map(call));
  const taken: number[] = [];
  let left = calls;
  const started = performance.now();
  await Promise.all(
    each.map(async (worker) => {
      while (left > 0) {
        left -= 1;
        const begun = performance.now();
        await call(worker);
        taken.push(performance.now() - begun);
      }
    }),
  );
  return { taken, ms: performance.now() - started };
}

export function table(rows: Row[]): string {
  const lines = rows.map(({ name, value, unit, aim, note }) => [
    name,
    `${value.toFixed(whole.has(unit) ? 0 : 1)} ${unit}`,
    aim,
    note ?? '',
  ]);
  const head = ['measurement', 'value', 'aim', 'note'];
  const widths = head.map((title, i) =>
    Math.max(title.length, ...lines.map((line) => (line[i] as string).length)),
  );
  const draw = (cells: string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] as number)).join(' | ')} |`;
  return [draw(head), draw(widths.map((width) => '-'.repeat(width))), ...lines.map(draw)].join('\n');
}
