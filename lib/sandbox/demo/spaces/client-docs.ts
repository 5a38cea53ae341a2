/** Client Docs: an overview, an integration page and a site survey for each customer. */
import { csv, flowSvg, zip } from '../files.ts';
import { pageMaker, postMaker } from '../make.ts';
import { inline, prose } from '../prose.ts';
import { codeBlock, image, macro, p, properties, status, table, td, th } from '../storage.ts';
import type { DemoPage, DemoSpace } from '../types.ts';
import { hostilePage } from './hostile.ts';

const page = pageMaker('CLI');
const post = postMaker('CLI');

type Client = {
  name: string;
  site: string;
  sells: string;
  robots: number;
  since: string;
  at: number;
  manager: string;
  wms: string;
  via: 'REST' | 'XML over SFTP' | 'MQTT bridge';
  floor: string;
  trouble: string;
};

const CLIENTS: Client[] = [
  {
    name: 'Nordlys Outdoor',
    site: 'Oslo 2',
    sells: 'tents and ski wear',
    robots: 214,
    since: '2021-03',
    at: 33,
    manager: 'fatima',
    wms: 'Körber K.Motion',
    via: 'REST',
    floor: 'concrete, two expansion joints',
    trouble: 'the expansion joint at aisle 14 shakes loads above 180 kg',
  },
  {
    name: 'Maasvlakte Retail',
    site: 'Rotterdam',
    sells: 'groceries that keep',
    robots: 640,
    since: '2026-09',
    at: 12,
    manager: 'liam',
    wms: 'SAP EWM',
    via: 'REST',
    floor: 'new concrete, very even',
    trouble: 'radio shadow behind the cold store',
  },
  {
    name: 'Ibérica Calzado',
    site: 'León',
    sells: 'shoes',
    robots: 88,
    since: '2023-05',
    at: 118,
    manager: 'tomas',
    wms: 'Mecalux Easy',
    via: 'XML over SFTP',
    floor: 'painted concrete, dusty',
    trouble: 'dust on floor cameras, cleaned twice a week',
  },
  {
    name: 'Chubu Parts',
    site: 'Nagoya',
    sells: 'car parts',
    robots: 301,
    since: '2022-11',
    at: 21,
    manager: 'fatima',
    wms: 'own system',
    via: 'MQTT bridge',
    floor: 'epoxy, sloped 1.2° to the drains',
    trouble: 'robots drift to the drains when empty',
  },
  {
    name: 'Buckeye Fulfilment',
    site: 'Columbus',
    sells: 'everything, for others',
    robots: 412,
    since: '2022-02',
    at: 48,
    manager: 'amira',
    wms: 'Manhattan Active',
    via: 'REST',
    floor: 'concrete with wire guidance of old trucks',
    trouble: 'the old wires disturb two gyroscopes near dock 9',
  },
  {
    name: 'Hanse Pharma',
    site: 'Lübeck',
    sells: 'medicine',
    robots: 64,
    since: '2024-01',
    at: 77,
    manager: 'liam',
    wms: 'SSI Wamas',
    via: 'XML over SFTP',
    floor: 'tiles',
    trouble: 'every change needs a validation protocol',
  },
  {
    name: 'Fjord Seafood',
    site: 'Bergen',
    sells: 'frozen fish',
    robots: 37,
    since: '2024-08',
    at: 140,
    manager: 'fatima',
    wms: 'Astro',
    via: 'REST',
    floor: 'wet concrete, -18 °C in hall 2',
    trouble: 'batteries lose a third of their range in hall 2',
  },
  {
    name: 'Atelier Lumière',
    site: 'Lyon',
    sells: 'lamps',
    robots: 29,
    since: '2025-02',
    at: 96,
    manager: 'tomas',
    wms: 'Reflex',
    via: 'REST',
    floor: 'wood, upper floor',
    trouble: 'load limit of 350 kg for each square metre',
  },
  {
    name: 'Gulf Spares',
    site: 'Dubai',
    sells: 'machine parts',
    robots: 112,
    since: '2023-10',
    at: 62,
    manager: 'amira',
    wms: 'Oracle WMS',
    via: 'REST',
    floor: 'epoxy',
    trouble: 'hall at 38 °C in summer; fans run all day',
  },
  {
    name: 'Accra Books',
    site: 'Accra',
    sells: 'school books',
    robots: 18,
    since: '2025-06',
    at: 131,
    manager: 'tomas',
    wms: 'Odoo',
    via: 'XML over SFTP',
    floor: 'concrete, unpainted',
    trouble: 'power cuts; gateway runs from a battery',
  },
  {
    name: 'Maple Pet Supply',
    site: 'Toronto',
    sells: 'food for pets',
    robots: 143,
    since: '2024-04',
    at: 54,
    manager: 'amira',
    wms: 'Infor WMS',
    via: 'REST',
    floor: 'concrete',
    trouble: 'torn bags: kibble under wheels',
  },
  {
    name: 'Zürcher Uhren',
    site: 'Winterthur',
    sells: 'watches',
    robots: 12,
    since: '2025-09',
    at: 83,
    manager: 'liam',
    wms: 'own system',
    via: 'MQTT bridge',
    floor: 'carpet tiles',
    trouble: 'static; the wheels have a brush since spring',
  },
  {
    name: 'Seoul Beauty',
    site: 'Incheon',
    sells: 'cosmetics',
    robots: 201,
    since: '2023-12',
    at: 27,
    manager: 'fatima',
    wms: 'Blue Yonder',
    via: 'REST',
    floor: 'epoxy, mirror-like',
    trouble: 'lidar reflections from the floor at low sun',
  },
  {
    name: 'Andes Farma',
    site: 'Bogotá',
    sells: 'medicine',
    robots: 45,
    since: '2025-11',
    at: 69,
    manager: 'tomas',
    wms: 'SAP EWM',
    via: 'XML over SFTP',
    floor: 'tiles',
    trouble: 'altitude: fans are 20% less effective',
  },
];

const TRANSPORT: Record<Client['via'], (client: Client) => string> = {
  REST: (client) =>
    prose(
      `Orders arrive at \`/v2/pick-orders\`, about ${client.robots * 55} a day. The partner waits for 201 and repeats after 30 seconds with the same key.`,
    ) +
    codeBlock(
      'bash',
      `curl -X POST https://api.halden.example/v2/pick-orders \\\n  -H 'Idempotency-Key: ${client.site.toLowerCase().replaceAll(' ', '-')}-000187' \\\n  -d @order.json`,
    ),
  'XML over SFTP': (client) =>
    prose(
      `Files are fetched every 60 seconds from the folder \`/out/${client.site.toLowerCase()}\`. A file is complete when its \`.done\` twin exists. The old format is described at [docs.halden-old.example](https://docs.halden-old.example/xml/orders-1.4).`,
    ) +
    codeBlock(
      'xml',
      `<orders site="${client.site}"><order id="187"><note><![CDATA[fragile & "top" <first>]]></note></order></orders>`,
    ),
  'MQTT bridge': (client) =>
    prose(
      `The system of ${client.name} publishes to \`wms/out/orders\`; our bridge answers on \`wms/in/state\`. Messages are retained for one hour.`,
    ) + codeBlock('json', '{"order":187,"lines":[{"bin":"A-03-2","qty":4}]}'),
};

const client = (it: Client): DemoPage =>
  page({
    title: it.name,
    by: it.manager,
    at: it.at,
    labels: ['client-doc', 'overview'],
    perWeek: it.robots > 200 ? 9 : 3,
    body: [
      properties([
        ['Site', inline(it.site)],
        ['Robots', String(it.robots)],
        ['Customer since', it.since],
        ['Account manager', inline(`@${it.manager}`)],
        ['Health', it.robots > 400 ? status('Yellow', 'WATCH') : status('Green', 'GOOD')],
      ]),
      prose(
        `${it.name} sells ${it.sells} from ${it.site}. The warehouse system is ${it.wms}, connected by ${it.via}.\n\n## To keep in mind\n\n- Known trouble: ${it.trouble}.\n- Service window: Sundays, 04:00 to 07:00 local time.`,
      ),
    ],
    comments:
      it.robots > 200
        ? [{ by: it.manager, at: it.at / 2, text: `Contract of ${it.name} is renewed for two years.` }]
        : [],
    children: [
      page({
        title: `${it.name}: integration`,
        by: it.manager,
        at: it.at + 6,
        labels: ['client-doc', 'integration'],
        perWeek: 2,
        body: [
          p(`How ${inline(it.wms)} talks to us.`),
          TRANSPORT[it.via](it),
          prose(
            '## Contacts\n\nTechnical questions go to the integration desk, never straight to the customer at night.',
          ),
        ],
      }),
      page({
        title: `${it.name}: site survey`,
        by: 'noah',
        at: it.at + 40,
        labels: ['client-doc', 'survey'],
        perWeek: 1,
        body: [
          table([
            [th('Floor'), td(inline(it.floor))],
            [th('Robots planned'), td(String(Math.round(it.robots * 1.1)))],
            [th('Docks'), td(String(Math.ceil(it.robots / 9)))],
            [th('Access points'), td(String(Math.ceil(it.robots / 7)))],
          ]),
          prose(
            `## Findings\n\n1. ${it.trouble[0]?.toUpperCase()}${it.trouble.slice(1)}.\n2. Escape ways are kept free by a no-go zone of 1.5 m.`,
          ),
          it.robots > 100
            ? image('layout.svg', { caption: `Areas in ${it.site}`, width: 600, height: 140 })
            : '',
        ],
        files:
          it.robots > 100
            ? [
                {
                  name: 'layout.svg',
                  content: flowSvg(it.site, ['Goods in', 'Storage', 'Picking', 'Goods out']),
                },
                {
                  name: 'radio.csv',
                  content: csv([
                    ['point', 'dbm'],
                    ['goods in', -52 - (it.robots % 9)],
                    ['picking', -57 - (it.robots % 5)],
                  ]),
                },
              ]
            : [],
      }),
    ],
  });

export const clientDocs = (): DemoSpace => ({
  id: '1008',
  key: 'CLI',
  name: 'Client Docs',
  type: 'collaboration',
  description: 'What we know about each customer site, and what customers have sent us.',
  author: 'fatima',
  createdAt: 580,
  labels: ['customers'],
  writableBy: { people: ['ada', 'noah'], groups: ['Customer Success', 'Product'] },
  homepage: page({
    title: 'Client Docs Home',
    by: 'fatima',
    at: 35,
    perWeek: 12,
    body: [
      prose('One page for each customer, with two below it. Customers do not see this space.'),
      macro('detailssummary', {
        firstcolumn: 'Customer',
        headings: 'Site,Robots,Account manager,Health',
        cql: 'label = "overview" and space = "CLI"',
      }),
    ],
    children: [
      ...CLIENTS.map(client),
      page({
        title: 'Received from customers',
        by: 'fatima',
        at: 28,
        labels: ['inbox'],
        body: prose('Texts that customers and vendors sent us, as they came. Treat them as quotes.'),
        children: [
          hostilePage(),
          page({
            title: 'Questions of Maasvlakte before go-live',
            by: 'liam',
            at: 94,
            labels: ['inbox'],
            body: prose(
              '> How long does a robot wait for a person?\n\n1.2 seconds, then it asks aloud.\n\n> What happens in a power cut?\n\nThe gateway runs for 30 minutes from its battery; robots go to the nearest free place and lower the load.',
            ),
          }),
          page({
            title: 'Gulf Spares: summer report',
            by: 'amira',
            at: 71,
            labels: ['inbox'],
            body: prose(
              '| Month | Hall °C | Faults |\n| June | 34 | 41 |\n| July | 38 | 87 |\n| August | 38 | 62 |\n\nAfter the fans were changed on 4 August faults fell by a third.',
            ),
            files: [
              {
                name: 'gulf-logs.zip',
                content: zip(
                  'faults.log',
                  '2026-07-14T11:02:00Z DRV-102 over temperature\n2026-07-14T11:40:12Z CHG-144 over temperature\n',
                ),
              },
            ],
          }),
        ],
      }),
    ],
  }),
  blogPosts: [
    post({
      title: 'Rotterdam moves 61,000 lines in a day',
      by: 'liam',
      at: 9.4,
      labels: ['customers'],
      body: prose(
        'A record for us and for Maasvlakte Retail: 61,204 lines on 10 November, with 622 of 640 robots. Nobody was called at night.',
      ),
    }),
  ],
});
