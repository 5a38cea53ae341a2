import type { Bar, Chart } from './chart-bars.ts';
import { safeUrl } from './safe-url.ts';

const number = new Intl.NumberFormat('en');

function Words({ bar }: { bar: Bar }) {
  const url = bar.url === null ? null : safeUrl(bar.url);
  if (url === null) return bar.label;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {bar.label}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}

/** A small bar chart: a table to whoever listens, bars to whoever looks. */
export function ChartView({ chart }: { chart: Chart }) {
  const most = Math.max(...chart.bars.map((bar) => bar.value), 1);
  return (
    <figure className="my-3 rounded-lg border border-line bg-surface px-4 py-3">
      <table className="chart w-full text-sm">
        {chart.title !== '' && (
          <caption className="pb-1.5 text-start text-sm font-medium">{chart.title}</caption>
        )}
        <tbody>
          {chart.bars.map((bar) => (
            <tr key={`${bar.label} ${bar.url}`}>
              <th scope="row" dir="auto" className="w-[44%] pe-4!">
                <Words bar={bar} />
              </th>
              <td className="w-full">
                <span className="flex items-center gap-2">
                  <span
                    aria-hidden="true"
                    className="h-3 rounded-sm bg-accent"
                    style={{ width: `${Math.max(1, (bar.value / most) * 78)}%` }}
                  />
                  <span className="tabular-nums">{number.format(bar.value)}</span>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
