import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { App } from '../../e2e/app.ts';
import { benchKey, called, connected, upstream } from './client.ts';
import { at, type Row, together } from './row.ts';

const page = '5543210';

type Load = { clients: number; calls: number };

/** A server that has served for a while is what people meet: its code is compiled by then. */
const toWarmUp = 500;

/** One client at rest, then 32 at once: with the load itself, everything shares the cores of this machine. */
const loads: Load[] = [
  { clients: 1, calls: 200 },
  { clients: 32, calls: 1600 },
];

async function loadRows(app: App, all: readonly Client[], { clients, calls }: Load): Promise<Row[]> {
  const upstreamCall = () => upstream(app, `pages/${page}?body-format=storage`);
  const mcpCall = (worker: number) => called(all[worker] as Client, 'read_page', { page });
  for (const call of [upstreamCall, mcpCall]) await together(clients, toWarmUp, call);
  const direct = await together(clients, calls, upstreamCall);
  const through = await together(clients, calls, mcpCall);
  const plural = clients === 1 ? 'client' : 'clients';
  const added = (share: number) => at(through.taken, share) - at(direct.taken, share);
  const row = (share: number, aim: string): Row => ({
    name: `added to the upstream call by /api/mcp, ${clients} ${plural}, p${share * 100}`,
    value: added(share),
    unit: 'ms',
    aim,
    note: `read_page ${at(through.taken, share).toFixed(1)} ms, the page itself ${at(direct.taken, share).toFixed(1)} ms; ${calls} calls after ${toWarmUp}`,
  });
  return [
    row(0.5, clients === 1 ? '< 5' : ''),
    row(0.95, ''),
    {
      name: `read_page over /api/mcp, ${clients} ${plural}`,
      value: calls / (through.ms / 1000),
      unit: 'calls/s',
      aim: '',
      note: 'app, practice Confluence and clients on the same cores',
    },
  ];
}

/** Reading a page through /api/mcp against the same upstream call made directly, and the size of the tool list. */
export async function mcpRows(app: App): Promise<Row[]> {
  const key = benchKey(app, 'bench');
  const most = Math.max(...loads.map(({ clients }) => clients));
  const all = await Promise.all(Array.from({ length: most }, () => connected(key)));
  const rows: Row[] = [];
  for (const load of loads) rows.push(...(await loadRows(app, all, load)));
  const { tools } = await (all[0] as Client).listTools();
  await Promise.all(all.map((client) => client.close()));
  return [
    ...rows,
    {
      name: 'tools/list of the router surface',
      value: JSON.stringify(tools).length,
      unit: 'characters',
      aim: '<= 6,000',
      note: `${tools.length} tools`,
    },
  ];
}
