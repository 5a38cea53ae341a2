export type Row = {
  name: string;
  value: number;
  unit: 'ms' | 'MB' | 'MB/s' | 'KB' | 'characters' | 'tokens' | '%' | 'requests';
  aim: string;
  note?: string;
};

const whole = new Set<Row['unit']>(['characters', 'tokens', 'requests']);

export const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

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
