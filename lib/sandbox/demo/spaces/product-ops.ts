/** Product Ops: planning, requirements, weekly notes. */
import { csv, flowSvg } from '../files.ts';
import { pageMaker, postMaker } from '../make.ts';
import { inline, prose } from '../prose.ts';
import {
  box,
  codeBlock,
  decisions,
  expand,
  h2,
  image,
  layout,
  macro,
  mention,
  p,
  panel,
  properties,
  section,
  status,
  table,
  taskList,
  td,
  th,
  time,
  toc,
} from '../storage.ts';
import type { DemoSpace } from '../types.ts';
import { productNotes } from './product-notes.ts';

const page = pageMaker('PROD');
const post = postMaker('PROD');

const prdHead = [
  properties([
    ['Product owner', mention('ingrid')],
    ['Engineering lead', mention('raj')],
    ['Status', status('Blue', 'IN PROGRESS')],
    ['Target release', time('2026-09-28')],
    [
      'Jira epic',
      macro('jira', {
        server: 'System Jira',
        serverId: 'b1d2c3e4-0000-4a1a-9c3e-5f6a7b8c9d0e',
        key: 'BILL-902',
      }),
    ],
  ]),
  toc({ maxLevel: '2' }),
];

const prdGoals = prose(`
## Goals

- Bill robots as a service by the picked line, not by the month.
- Close an invoice run for 400 tenants in less than 45 minutes; today it takes 3 hours.
- Let finance correct a wrong line without a developer.

## Not in this quarter

- Several currencies on one invoice.
- Reseller margins.
`);

const prdRequirements = [
  h2('Requirements'),
  table(
    [
      [
        th('<p><strong>#</strong></p>'),
        th('<p><strong>Requirement</strong></p>'),
        th('<p><strong>Priority</strong></p>'),
        th('<p><strong>State</strong></p>'),
      ],
      [
        td('R1'),
        td('Usage events are counted once, even when a gateway sends them again after an outage.'),
        td('Must'),
        td(status('Green', 'DONE')),
      ],
      [
        td('R2'),
        td('Prices may change in the middle of a period; the invoice shows both parts.'),
        td('Must'),
        td(status('Blue', 'IN PROGRESS')),
      ],
      [
        td('R3'),
        td('Finance can credit a line with a reason; the ledger stays append-only.'),
        td('Must'),
        td(status('Blue', 'IN PROGRESS')),
      ],
      [
        td('R4', { rowspan: 2 }),
        td('A tenant sees its usage of yesterday by 06:00 local time.'),
        td('Should'),
        td(status('Yellow', 'AT RISK'), { colour: '#fffae6' }),
      ],
      [td('The same numbers can be fetched as CSV.'), td('Could'), td(status('Grey', 'NOT STARTED'))],
      [
        td('R5'),
        td('Dunning stops by itself when a payment arrives.', { colspan: 2 }),
        td(status('Grey', 'NOT STARTED')),
      ],
    ],
    { widths: [60, 420, 120, 160] },
  ),
];

const prdTechnical = [
  h2('Technical notes'),
  box(
    'note',
    p(
      inline(
        'The ledger is the only source of truth. {mark:prd-ledger|No other table may hold a balance}, not even a cached one.',
      ),
    ),
    { title: 'Ledger' },
  ),
  codeBlock(
    'sql',
    "select tenant, sum(amount) as open\nfrom ledger\nwhere account = 'receivable' and booked_at < date_trunc('month', now())\ngroup by tenant\nhaving sum(amount) <> 0;",
    { title: 'Open receivables' },
  ),
  expand(
    'Why events and not counters',
    `${p('Counters cannot be corrected. An event that was wrong gets a second event that takes it back, and both stay visible.')}${panel(p('See the review of the double charges in October for what a counter would have hidden.'))}`,
  ),
  image('usage-to-invoice.svg', {
    alt: 'From usage to invoice',
    caption: 'From a picked line to an invoice line',
    width: 720,
    height: 140,
  }),
];

const prdOpen = [
  h2('Open questions'),
  taskList([
    {
      text: inline('@oliver how many tenants need monthly and line billing side by side? {date:2026-08-21}'),
      done: true,
    },
    { text: inline('@ingrid decide on the grace period before dunning {date:2026-11-28}') },
    { text: inline('@raj estimate the CSV export') },
  ]),
  decisions(['Rounding happens once, on the invoice total, half to even']),
];

const prd = () =>
  page({
    title: 'Q3 Billing Engine PRD',
    by: 'ingrid',
    at: 16.2,
    perWeek: 33,
    message: 'R4 at risk',
    labels: ['prd', 'billing', 'q3'],
    history: [
      { by: 'ingrid', at: 149, body: [...prdHead, prdGoals], message: 'Goals' },
      {
        by: 'raj',
        at: 118,
        body: [...prdHead, prdGoals, ...prdRequirements],
        message: 'Requirements after the workshop',
      },
      { by: 'ingrid', at: 77, body: [...prdHead, prdGoals, ...prdRequirements, ...prdTechnical] },
    ],
    body: [...prdHead, prdGoals, ...prdRequirements, ...prdTechnical, ...prdOpen],
    files: [
      {
        name: 'usage-to-invoice.svg',
        content: flowSvg('Usage to invoice', ['Pick', 'Event', 'Rating', 'Ledger', 'Invoice']),
      },
      {
        name: 'pilot-tenants.csv',
        content: csv([
          ['tenant', 'lines_per_month'],
          ['t_481', 182_400],
          ['t_112', 40_915],
          ['t_733', 9_020],
        ]),
      },
    ],
    comments: [
      {
        by: 'raj',
        at: 15,
        on: ['prd-ledger', 'No other table may hold a balance'],
        text: 'The dunning job keeps one today. I will open a ticket.',
      },
      {
        by: 'oliver',
        at: 35,
        resolved: true,
        text: 'Is the 45 minutes for all tenants together?',
        replies: [{ by: 'ingrid', at: 34, text: 'Yes, all 400.' }],
      },
    ],
  });

const q3Planning = () =>
  page({
    title: 'Q3 Planning',
    by: 'oliver',
    at: 58,
    perWeek: 18,
    labels: ['planning', 'q3'],
    history: [
      { by: 'oliver', at: 155, body: prose('## Themes\n\nTo be filled in before the off-site.') },
      {
        by: 'ingrid',
        at: 140,
        body: prose('## Themes\n\n1. Billing by the line\n2. Faster charging\n3. Rotterdam go-live'),
      },
    ],
    body: [
      prose(`
## Themes

1. **Billing by the line** - see [[Q3 Billing Engine PRD]]
2. **Faster charging** - 18 minutes from 20% to 80%
3. **Rotterdam go-live** - 640 robots, the largest site so far

## Capacity

| Team | People | Weeks | Holiday |
| Billing | 6 | 72 | 9 |
| Fleet | 9 | 108 | 14 |
| Platform | 5 | 60 | 6 |
`),
      layout([
        section('two_equal', [
          prose('### In\n\n- usage events\n- charger firmware 3\n- gateway for 600+ robots'),
          prose('### Out\n\n- reseller margins\n- arm robots\n- new console theme'),
        ]),
      ]),
      prose(
        '## Dates\n\n- Planning closed {date:2026-06-26}\n- Mid-quarter check {date:2026-08-14}\n- Review {date:2026-09-30}',
      ),
    ],
    comments: [
      {
        by: 'lars',
        at: 130,
        text: 'Platform is five people only if the open post is filled by July.',
        replies: [{ by: 'oliver', at: 129, text: 'It is, Victor starts on the 6th.' }],
      },
    ],
    children: [
      page({
        title: 'Q3 mid-quarter check',
        by: 'oliver',
        at: 97,
        labels: ['planning', 'q3'],
        body: prose(
          '| Theme | State | Why |\n| Billing by the line | {status:Yellow|AT RISK} | rating took two weeks longer |\n| Faster charging | {status:Green|ON TRACK} | 19 minutes measured |\n| Rotterdam | {status:Green|ON TRACK} | racks are up |',
        ),
      }),
      page({
        title: 'Q3 review',
        by: 'oliver',
        at: 50,
        labels: ['review', 'q3'],
        body: prose(
          'Two of three themes were met. Billing by the line went live for 11 pilot tenants instead of 40.\n\n## What we take along\n\n- Plan rating work with the people who do it.\n- A go-live needs a quiet week on both sides.',
        ),
      }),
    ],
  });

export const productOps = (): DemoSpace => ({
  id: '1003',
  key: 'PROD',
  name: 'Product Ops',
  type: 'global',
  description: 'Planning, requirements and the rhythm of product work.',
  author: 'ingrid',
  createdAt: 720,
  labels: ['product'],
  homepage: page({
    title: 'Product Ops Home',
    by: 'ingrid',
    at: 75,
    perWeek: 15,
    body: [
      prose('How product work is planned, decided and followed up at Halden.'),
      macro('children', { depth: '2', style: 'h3' }),
      macro('blog-posts', { spaces: 'PROD', max: '3', content: 'titles', sort: 'creation' }),
    ],
    children: [
      page({
        title: 'Planning',
        by: 'oliver',
        at: 120,
        labels: ['planning'],
        body: prose(
          'One page for each quarter. A plan has at most three themes; the fourth goes to the next quarter.',
        ),
        children: [
          page({
            title: 'Q1 Plan 2026',
            by: 'oliver',
            at: 318,
            labels: ['planning', 'q1'],
            body: prose(
              '## Themes\n\n1. Charger reliability\n2. Console for night shifts\n3. ISO 27001 audit\n\nClosed on {date:2026-03-31}; all three met.',
            ),
          }),
          page({
            title: 'Q2 Plan 2026',
            by: 'oliver',
            at: 231,
            labels: ['planning', 'q2'],
            body: prose(
              '## Themes\n\n1. Order intake 2\n2. Nagoya go-live\n3. First arm prototype in the lab\n\nThe arm moved to the Labs site.',
            ),
          }),
          q3Planning(),
        ],
      }),
      page({
        title: 'Requirements',
        by: 'ingrid',
        at: 88,
        labels: ['prd'],
        body: [
          prose(
            'One page for each product requirement document. The table fills itself from the properties on those pages.',
          ),
          macro('detailssummary', {
            firstcolumn: 'Document',
            headings: 'Product owner,Status,Target release',
            sortBy: 'Title',
            cql: 'label = "prd" and space = "PROD"',
          }),
        ],
        children: [
          prd(),
          page({
            title: 'Night Shift Console PRD',
            by: 'marcus',
            at: 205,
            labels: ['prd', 'console'],
            body: [
              properties([
                ['Product owner', mention('marcus')],
                ['Status', status('Green', 'SHIPPED')],
              ]),
              prose(
                '## Goals\n\n- One operator can watch three warehouses at night.\n- Red is used for one thing only: somebody must act now.\n\n## Requirements\n\n1. A dark theme with 7:1 contrast.\n2. Alarms are grouped by cause.\n3. Every alarm has one suggested action.',
              ),
            ],
          }),
          page({
            title: 'Fast Charging PRD',
            by: 'ingrid',
            at: 112,
            labels: ['prd', 'hardware', 'q3'],
            body: [
              properties([
                ['Product owner', mention('ingrid')],
                ['Status', status('Blue', 'IN PROGRESS')],
              ]),
              prose(
                '## Goals\n\nFrom 20% to 80% in 18 minutes, without replacing the batteries in the field.\n\n## Limits\n\n- Cell temperature stays below 45 °C.\n- Chargers of the first series keep working at their old speed.',
              ),
            ],
          }),
        ],
      }),
      page({
        title: 'Release calendar',
        by: 'marcus',
        at: 6.8,
        perWeek: 20,
        labels: ['calendar', 'release'],
        body: prose(
          '| Product | Version | When | Owner |\n| Fleet gateway | 9.5 | {date:2026-11-26} | @hana |\n| Billing engine | 4.19 | {date:2026-12-02} | @raj |\n| Console | 2026.12 | {date:2026-12-09} | @marcus |\n\nPeak days without releases: 27 to 30 November, 18 to 23 December.',
        ),
      }),
      productNotes(),
      page({
        title: 'Roadmap principles',
        by: 'ingrid',
        at: 260,
        body: prose(
          '> A roadmap is a list of problems in the order in which we mean to solve them.\n\nWe publish three horizons: *now* (committed), *next* (likely), *later* (hopes). Dates are given only for *now*.',
        ),
        children: [
          page({
            title: 'Product Roadmap 2026 H2',
            by: 'ingrid',
            at: 69,
            perWeek: 22,
            labels: ['roadmap'],
            body: prose(
              '| Horizon | Problem | Team |\n| Now | Invoices are late and hard to correct | Billing |\n| Now | Charging blocks picking at peak | Fleet |\n| Next | Sites above 600 robots | Platform |\n| Later | Mixed fleets with robots of others | Fleet |',
            ),
          }),
        ],
      }),
    ],
  }),
  blogPosts: [
    post({
      title: 'What we learned from eleven pilot tenants',
      by: 'ingrid',
      at: 44,
      labels: ['billing'],
      body: prose(
        'Line billing is live for eleven tenants. The surprise: they look at yesterday’s usage every morning, so the 06:00 promise matters more than the invoice.',
      ),
    }),
    post({
      title: 'Themes for the third quarter',
      by: 'oliver',
      at: 138,
      labels: ['planning'],
      body: prose(
        'Three themes, as always: billing by the line, faster charging, Rotterdam. The details are in [[Q3 Planning]].',
      ),
    }),
    post({
      title: 'A calmer console for the night',
      by: 'marcus',
      at: 201,
      labels: ['console'],
      body: prose(
        'Night operators now see one alarm where they used to see forty. Thank you to the crew in Columbus who tried it for six weeks.',
      ),
    }),
  ],
});
