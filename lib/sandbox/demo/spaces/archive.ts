/** The Archive space (most pages unread for months) and the archived Engineering Archive. */
import { csv, pdf } from '../files.ts';
import { pageMaker } from '../make.ts';
import { prose } from '../prose.ts';
import { codeBlock, macro } from '../storage.ts';
import type { DemoPage, DemoSpace } from '../types.ts';

const page = pageMaker('ARC');
const old = pageMaker('ENGOLD');

/** Title, author, age in days, days since the last view (0: still read), views a week in its time, text. */
type Row = [title: string, by: string, at: number, lastView: number, perWeek: number, text: string];

const PROJECTS: Row[] = [
  [
    'Project Heron: drone inventory',
    'noah',
    720,
    260,
    4,
    'A drone counted pallets at night. It worked, and cost four times what a person costs. Stopped in June 2025.',
  ],
  [
    'Project Magpie: arm on wheels',
    'mei',
    650,
    214,
    6,
    'The first arm could grip 61% of articles. The work goes on at Halden Labs.',
  ],
  [
    'Project Otter: washable robot',
    'hana',
    590,
    198,
    3,
    'For fish and meat. Two prototypes; the seals froze at -18 °C.',
  ],
  ['AMR-50 launch plan', 'chloe', 690, 301, 3, 'Launch of our first robot in 2023. Kept for the pictures.'],
  ['AMR-50 spare parts list', 'mei', 480, 0, 3, 'Still needed: nine AMR-50 are in use in Accra and Lyon.'],
  ['Office move 2024', 'grace', 630, 402, 2, 'Desks, plants and one aquarium moved on 17 May 2024.'],
  [
    'Local Environment Setup 2024',
    'victor',
    640,
    223,
    5,
    'Install Vagrant, then the box halden-dev-12. Replaced by containers in 2025.',
  ],
  [
    'Password rules 2022',
    'marcus',
    700,
    340,
    2,
    'Change every 90 days, eight characters. Replaced by the policy on passkeys.',
  ],
  [
    'Expense rules 2024',
    'janet',
    560,
    190,
    3,
    'Train before plane below five hours. Hotels up to 140 EUR a night; Tokyo and London up to 190. Receipts within 30 days. Alcohol is private.',
  ],
  [
    'VPN setup with tokens',
    'amira',
    610,
    245,
    3,
    'Open *Halden Connect*, type the six digits of your token, choose Oslo. Tokens were collected in 2025.',
  ],
  ['Old org chart', 'jane', 520, 187, 2, 'As of January 2025: 74 people in six teams.'],
  [
    'Supplier list 2023',
    'amira',
    710,
    510,
    1,
    'Motors: three; cells: two; racks: four. Prices are no longer valid.',
  ],
  [
    'Hackathon 2024 results',
    'kwame',
    570,
    229,
    4,
    'Winners: a robot that brings coffee. Second: a map of lost screws.',
  ],
  [
    'Hackathon 2025 results',
    'kwame',
    300,
    41,
    4,
    'Winners: deadlock finder. It became a product in October 2026.',
  ],
  [
    'Customer survey 2023',
    'fatima',
    715,
    277,
    2,
    '41 answers. What people liked: quiet. What they missed: someone to call at night.',
  ],
  ['Customer survey 2025', 'fatima', 320, 12, 5, '58 answers. Calls at night are now rated 4.6 of 5.'],
  [
    'Website texts before the relaunch',
    'chloe',
    410,
    203,
    2,
    'Kept because the lawyers asked for two years.',
  ],
  [
    'ISO 27001 audit 2024',
    'ada',
    540,
    88,
    2,
    'Three remarks, none serious. The next audit is in spring 2027.',
  ],
  [
    'Battery recall 2023',
    'hana',
    705,
    0,
    2,
    'Cells of lot 2211 were replaced in 312 robots. Asked for by insurers until 2030.',
  ],
  ['Intranet news of 2022', 'grace', 728, 600, 1, 'Short items, one for each week.'],
  [
    'Till user manual',
    'raj',
    640,
    231,
    4,
    'Chapter 1: posting. Chapter 2: month end. The full manual was at https://docs.halden-old.example/till.',
  ],
  [
    'Fleet API v0',
    'lars',
    680,
    266,
    2,
    'Plain sockets, port 4100, one line for each command. Off since 2024.',
  ],
];

const projectPage = ([title, by, at, lastView, perWeek, text]: Row): DemoPage =>
  page({ title, by, at, perWeek, lastView, classic: true, labels: ['archive'], body: prose(text) });

/** A page nobody has opened for a year or more: it has no views at all in the figures. */
const unseen = (title: string, by: string, at: number, text: string): DemoPage =>
  page({ title, by, at, perWeek: 0, classic: true, labels: ['archive'], body: prose(text) });

export const archive = (): DemoSpace => ({
  id: '1009',
  key: 'ARC',
  name: 'Archive',
  type: 'global',
  description: 'What is over but must be kept.',
  author: 'ada',
  createdAt: 730,
  labels: ['archive'],
  homepage: page({
    title: 'Archive Home',
    by: 'ada',
    at: 200,
    perWeek: 3,
    body: [
      prose(
        'Pages come here when their work is over. Move children along with their parent. What nobody has viewed for half a year may be archived for good.',
      ),
      macro('children', { depth: '1', sort: 'title' }),
    ],
    children: [
      page({
        title: 'Old projects',
        by: 'ada',
        at: 400,
        perWeek: 2,
        lastView: 20,
        labels: ['archive'],
        body: macro('children', {}),
        children: PROJECTS.slice(0, 4).map(projectPage),
      }),
      ...PROJECTS.slice(4).map(projectPage),
      unseen('Parking places 2021', 'grace', 729, 'Twelve places, four with a charger.'),
      unseen('Fax numbers', 'amira', 727, 'None are left.'),
      page({
        title: 'Newly moved: console theme study',
        by: 'marcus',
        at: 5.5,
        perWeek: 0,
        labels: ['archive'],
        body: prose('Moved here this week. The study ended without a new theme.'),
      }),
      page({
        title: 'Legacy protocol captures',
        by: 'lars',
        at: 450,
        perWeek: 2,
        lastView: 195,
        classic: true,
        labels: ['archive'],
        body: [
          prose('Frames of the protocol before MQTT.'),
          codeBlock('text', '0000  7e 01 1f 00  ~...\n0004  a5 5a 00 7e  .Z.~'),
        ],
        files: [
          { name: 'capture-2024-03.txt', content: '7e 01 1f 00 a5 5a 00 7e\n' },
          { name: 'protocol-v0.pdf', content: pdf(['Fleet protocol, version 0', 'Retired in 2026']) },
          {
            name: 'frame-types.csv',
            content: csv([
              ['type', 'meaning'],
              ['01', 'position'],
              ['02', 'battery'],
              ['1f', 'hold'],
            ]),
          },
        ],
      }),
      page({
        title: 'Withdrawn press release',
        by: 'liam',
        at: 260,
        status: 'archived',
        perWeek: 0,
        labels: ['archive'],
        body: prose('A release about arms that was never sent.'),
      }),
      page({ title: 'Scratch page', by: 'zoe', at: 190, status: 'trashed', perWeek: 0, body: prose('test') }),
    ],
  }),
});

const OLD_PAGES: [title: string, by: string, at: number, text: string][] = [
  ['Hive architecture', 'lars', 860, 'One broker, two mirrors, and a cron job that nobody dared to remove.'],
  ['Till architecture', 'raj', 850, 'A monolith in 41,000 lines. The rating tables were compiled in.'],
  ['C coding rules', 'mei', 830, 'No dynamic memory after start. Every switch has a default.'],
  ['Release trains 2023', 'victor', 780, 'Every second Thursday, with a freeze of three days.'],
  [
    'Logging with syslog',
    'priya',
    800,
    'Logs go to loghost on port 514. Rotated weekly. Superseded by Datadog.',
  ],
  [
    'API guidelines (2022)',
    'lars',
    840,
    'Limits: 60 requests a minute for everybody. Errors are plain text.',
  ],
];

export const engineeringArchive = (): DemoSpace => ({
  id: '1010',
  key: 'ENGOLD',
  name: 'Engineering Archive',
  type: 'global',
  status: 'archived',
  description: 'Engineering pages from before 2024. Read only in practice.',
  author: 'priya',
  createdAt: 880,
  labels: ['engineering', 'archive'],
  homepage: old({
    title: 'Engineering Archive Home',
    by: 'priya',
    at: 500,
    perWeek: 1,
    lastView: 210,
    classic: true,
    body: prose('Nothing here is in force.'),
    children: OLD_PAGES.map(([title, by, at, text]) =>
      old({ title, by, at, perWeek: 1, lastView: 220, classic: true, body: prose(text) }),
    ),
  }),
});
