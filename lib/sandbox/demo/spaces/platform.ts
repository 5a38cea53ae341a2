/** Platform Engineering: the handbook with a macro of every common kind, and its children. */
import { csv, flowSvg, pdf, png } from '../files.ts';
import { pageMaker, postMaker } from '../make.ts';
import { personOf } from '../people.ts';
import { inline, prose } from '../prose.ts';
import {
  adfPanel,
  box,
  codeBlock,
  decisions,
  emoji,
  excerpt,
  expand,
  fileLink,
  h2,
  h3,
  image,
  layout,
  macro,
  mention,
  p,
  pageLink,
  panel,
  plain,
  properties,
  rich,
  section,
  smartLink,
  status,
  table,
  taskList,
  td,
  th,
  time,
  toc,
} from '../storage.ts';
import type { DemoSpace } from '../types.ts';
import { siteMeetings } from './upkeep.ts';

const page = pageMaker('PLAT');
const post = postMaker('PLAT');

const opening = [
  layout([
    section('two_right_sidebar', [
      [
        excerpt(
          p(
            'This handbook says how Platform Engineering runs the clusters, the warehouse gateways and the delivery pipeline of Halden Robotics, and what other teams can expect of it.',
          ),
          { name: 'summary', 'atlassian-macro-output-type': 'BLOCK' },
        ),
        box(
          'info',
          p(
            `Something is on fire? Go to ${pageLink('Incident response', { plain: true })} first and read this later.`,
          ),
          {
            title: 'In an incident',
            icon: 'true',
          },
        ),
      ].join(''),
      [
        panel(`${h3('On this page')}${toc({ maxLevel: '2' })}`),
        macro('livesearch', { spaceKey: 'PLAT', size: 'medium', placeholder: 'Search the platform space' }),
      ].join(''),
    ]),
    section('three_equal', [
      `${h3('Clusters')}<p>4 in production, 2 in staging</p>`,
      `${h3('Gateways')}<p>61 warehouses, one gateway each</p>`,
      `${h3('Pipeline')}<p>about 190 deployments a week</p>`,
    ]),
  ]),
  properties([
    ['Owner', mention('lars')],
    ['State', status('Green', 'IN FORCE')],
    ['Last review', time('2026-10-30')],
    ['Tier', status('Purple', 'TIER 1')],
  ]),
];

const duties = [
  h2('Duties and service levels'),
  p(
    `${inline('We promise the numbers below to the product teams; {mark:handbook-slo|a month below them stops feature work} until they are met again.')}`,
  ),
  table(
    [
      [
        th('<p><strong>Service</strong></p>', { rowspan: 2, colour: '#deebff' }),
        th('<p><strong>Objective</strong></p>', { colspan: 2, colour: '#deebff' }),
        th('<p><strong>Now</strong></p>', { rowspan: 2, colour: '#deebff' }),
      ],
      [th('<p>Availability</p>'), th('<p>p95 latency</p>')],
      [td('Fleet gateway'), td('99.95%'), td('80 ms'), td(status('Green', '99.97%'))],
      [
        td('Billing engine'),
        td('99.9%'),
        td('400 ms'),
        td(status('Yellow', '99.88%'), { colour: '#fffae6' }),
      ],
      [td('Order intake'), td('99.9%'), td('250 ms'), td(status('Green', '99.93%'))],
      [td('Reporting'), td('best effort', { colspan: 2 }), td(status('Grey', 'NOT MEASURED'))],
    ],
    { widths: [220, 160, 160, 220], layout: 'wide', width: 960 },
  ),
];

const changes = [
  h2('Changes'),
  prose(`
1. Small and reversible changes need one review.
2. Everything that touches the network of a warehouse needs two, and a window agreed with the site.
3. Nothing is deployed on a customer's peak day. The calendar is in [[PROD:Release calendar]].
`),
  box('note', p('A change without a rollback plan is not a change, it is an experiment.'), {
    title: 'Rule of thumb',
  }),
  box('warning', p('Gateway firmware and cluster upgrades never happen in the same week.')),
  box('tip', p(`Use <code>platctl plan</code> and paste its output into the change. ${emoji('thumbsup')}`)),
  codeBlock(
    'yaml',
    'apiVersion: platform.halden.example/v1\nkind: Change\nspec:\n  risk: medium\n  rollback: "argocd app rollback {{ app }} {{ revision }}"\n  checks: [slo, ledger, "queue<100"]',
    { title: 'change.yaml', collapse: 'true', linenumbers: 'true', firstline: '1', theme: 'Midnight' },
  ),
  macro(
    'noformat',
    { nopanel: 'true' },
    plain('web ---> gateway ---> robots\n   \\---> billing <--- ledger [[append only]]>\n'),
  ),
];

const people = [
  h2('On call'),
  p(
    `${mention('lars')} leads; ${mention('elena')} and ${mention('victor')} share the pager with ${mention('ben')}. Handover is on ${time('2026-11-23')} ${emoji('robot')}.`,
  ),
  taskList([
    { text: inline('@elena write the cluster upgrade plan for 1.34 {date:2026-11-27}') },
    { text: inline('@victor retire the old bastion host {date:2026-12-04}') },
    { text: inline('@lars agree the new error budget with Product'), done: true },
  ]),
  decisions([
    'We keep one gateway per warehouse, even in small ones',
    'The pager rotates on Mondays at 10:00 UTC',
  ]),
  adfPanel('custom', 'Pager load in October: 11 pages, 4 of them at night.'),
  macro(
    'profile',
    {},
    `<ac:parameter ac:name="user"><ri:user ri:account-id="${personOf('lars').accountId}" /></ac:parameter>`,
  ),
];

const evidence = [
  h2('Pictures and files'),
  image('platform-overview.svg', {
    alt: 'Overview of the platform',
    caption: 'Requests enter on the left, robots are on the right',
    width: 720,
    height: 140,
  }),
  image('error-budget.png', { alt: 'Error budget', width: 480, height: 160 }),
  p(`The raw figures are in ${fileLink('error-budget.csv', 'error-budget.csv')}.`),
  macro(
    'view-file',
    { height: '250' },
    '<ac:parameter ac:name="name"><ri:attachment ri:filename="platform-slo-report.pdf" ri:version-at-save="1" /></ac:parameter>',
  ),
  macro('attachments', { upload: 'false', old: 'false', patterns: '.*csv' }),
  macro('gallery', { title: 'Racks', columns: '3', includeLabel: 'rack' }),
  macro('drawio', {
    diagramName: 'platform-network',
    width: '761',
    revision: '4',
    border: 'true',
    simpleViewer: 'false',
    links: 'auto',
    tbstyle: 'top',
    lbox: 'true',
  }),
];

const elsewhere = [
  h2('Elsewhere'),
  expand(
    'Old names of things',
    prose('| Then | Now |\n| Hive | Fleet gateway |\n| Till | Billing engine |\n| Postman | Order intake |') +
      panel('<p>Dashboards still use the old names in their addresses.</p>'),
  ),
  expand(
    'Cluster upgrade, step by step',
    `${p('Two people, four hours, one cluster at a time.')}${macro('ui-steps', { size: 'small' }, rich(macro('ui-step', {}, rich(p('Drain half of the nodes.'))) + macro('ui-step', {}, rich(p('Upgrade, then wait for the conformance job.'))) + macro('ui-step', {}, rich(p('Repeat with the other half.')))))}`,
  ),
  macro(
    'excerpt-include',
    { nopanel: 'true' },
    `<ac:parameter ac:name="">${pageLink('Incident response').replace(/<ac:link-body>.*<\/ac:link-body>/, '')}</ac:parameter>`,
  ),
  macro(
    'include',
    {},
    `<ac:parameter ac:name=""><ac:link><ri:page ri:content-title="Gateway inventory" /></ac:link></ac:parameter>`,
  ),
  macro('jira', {
    server: 'System Jira',
    serverId: 'b1d2c3e4-0000-4a1a-9c3e-5f6a7b8c9d0e',
    key: 'PLAT-1184',
  }),
  macro('contentbylabel', {
    showLabels: 'false',
    max: '8',
    showSpace: 'false',
    sort: 'modified',
    cql: 'label = "runbook" and space = "ENG"',
  }),
  macro('recently-updated', { spaces: 'PLAT', types: 'page', max: '5', hideHeading: 'true' }),
  macro('pagetree', { root: '@self', startDepth: '1', searchBox: 'true', expandCollapseAll: 'true' }),
  macro('children', { depth: '1', allChildren: 'true' }),
  macro('detailssummary', {
    firstcolumn: 'Service',
    headings: 'Owner,State',
    sortBy: 'Title',
    cql: 'label = "service"',
  }),
  macro('tasks-report-macro', {
    spaces: 'PLAT',
    status: 'incomplete',
    pageSize: '10',
    isMissingRequiredParameters: 'false',
  }),
  macro('widget', { url: 'https://status.halden.example/embed/platform', width: '640', height: '220' }),
  macro('anchor', { '': 'end' }),
  p(
    `Also: ${smartLink('https://status.halden.example/')} and the ${pageLink('API Guidelines', { space: 'ENG', card: true })}. The old handbook is at <a href="https://docs.halden-old.example/platform/handbook" rel="nofollow">docs.halden-old.example</a>.`,
  ),
];

export const platform = (): DemoSpace => ({
  id: '1007',
  key: 'PLAT',
  name: 'Platform Engineering',
  type: 'global',
  description: 'Clusters, gateways and the delivery pipeline.',
  author: 'lars',
  createdAt: 640,
  labels: ['engineering', 'platform'],
  homepage: page({
    title: 'Platform Engineering Home',
    by: 'lars',
    at: 48,
    perWeek: 14,
    body: [
      prose(
        'Welcome. The one page to read is [[Platform Operations Handbook]]. Ask in `#platform`; we answer within a working day.',
      ),
      macro('pagetree', { root: '@home', startDepth: '2' }),
    ],
    children: [
      page({
        id: '987654321',
        title: 'Platform Operations Handbook',
        by: 'lars',
        at: 4.3,
        perWeek: 64,
        message: 'Service levels of October',
        labels: ['handbook', 'platform', 'operations'],
        history: [
          { by: 'lars', at: 330, body: [...duties, ...changes], message: 'Moved from the old docs' },
          { by: 'victor', at: 180, body: [...opening, ...duties, ...changes], message: 'New opening' },
          { by: 'elena', at: 62, body: [...opening, ...duties, ...changes, ...people], message: 'On call' },
        ],
        body: [...opening, ...duties, ...changes, ...people, ...evidence, ...elsewhere],
        files: [
          {
            name: 'platform-overview.svg',
            content: flowSvg('Platform', ['Console', 'Edge', 'Cluster', 'Gateway', 'Robot']),
          },
          { name: 'error-budget.png', content: png(240, 80, 0x0052cc), comment: 'October' },
          {
            name: 'error-budget.csv',
            content: csv([
              ['week', 'budget_left_percent'],
              ['2026-W40', 81],
              ['2026-W41', 77],
              ['2026-W42', 52],
              ['2026-W43', 49],
              ['2026-W44', 38],
            ]),
          },
          {
            name: 'platform-slo-report.pdf',
            content: pdf([
              'Platform service levels, October 2026',
              'Fleet gateway 99.97%',
              'Billing engine 99.88%',
              'Order intake 99.93%',
            ]),
          },
        ],
        comments: [
          {
            by: 'oliver',
            at: 3.5,
            on: ['handbook-slo', 'a month below them stops feature work'],
            text: 'Does one month really stop everything, or only the team that owns the service?',
          },
          {
            by: 'ben',
            at: 40,
            resolved: true,
            text: 'The pager order was wrong for August.',
            replies: [{ by: 'elena', at: 39.5, text: 'Corrected.' }],
          },
          {
            by: 'grace',
            at: 10,
            text: 'Great page for new starters. May I link it from Onboarding?',
            replies: [{ by: 'lars', at: 9.8, text: 'Please do {emoji:smile}' }],
          },
        ],
        children: [
          page({
            title: 'Incident response',
            by: 'elena',
            at: 29,
            perWeek: 16,
            labels: ['incident', 'operations'],
            body: [
              excerpt(
                p(
                  'Say it aloud in <code>#incident</code>, name a lead, and fix the customer before the cause.',
                ),
                { hidden: 'false' },
              ),
              prose(`
## Roles

- **Lead** decides and speaks. Does not type commands.
- **Hands** types commands, says each one before running it.
- **Scribe** keeps the timeline, with times in UTC.

## Severities

| Severity | Means | Answer within |
| 1 | robots stand still in a warehouse, or money is wrong | 5 minutes, day and night |
| 2 | a site is degraded, or one customer is blocked | 30 minutes |
| 3 | annoying, has a workaround | next working day |

## Afterwards

Write the review within five days. No names in the cause, only in the thanks.
`),
            ],
            children: [
              page({
                title: 'Incident review template',
                by: 'elena',
                at: 150,
                labels: ['template', 'incident'],
                body: prose(
                  '## What happened\n\n## Timeline (UTC)\n\n| Time | What |\n| 00:00 | |\n\n## What went well\n\n## What we change\n\n- [ ] owner and date for each',
                ),
              }),
              page({
                title: 'Incident 2026-09-14: gateway certificates',
                by: 'victor',
                at: 66,
                labels: ['incident', 'postmortem'],
                body: prose(`
## What happened

Certificates of 17 gateways expired at 04:00 UTC. Robots finished their missions and then waited. Picking stopped for 52 minutes in three warehouses.

## Timeline (UTC)

| Time | What |
| 04:00 | certificates expire |
| 04:06 | first page; taken for a network fault |
| 04:31 | @victor finds the date |
| 04:52 | new certificates on all gateways |

## What we change

- [x] alert 21 days before expiry @victor
- [ ] renew by itself; the mesh can do it @elena {date:2026-12-11}
`),
              }),
              page({
                title: 'Incident 2026-10-02: double charges',
                by: 'raj',
                at: 47,
                labels: ['incident', 'postmortem', 'billing'],
                body: prose(`
## What happened

A retry in the charge worker ignored the idempotency key after a deploy. 212 charges were made twice, 61,480.20 EUR in all; every one was returned within 30 hours.

## Cause

The key was built from the attempt number. The test used a single attempt.

## What we change

- [x] key from the invoice line @raj
- [ ] daily reconciliation against the payment provider @raj {date:2026-11-30}
- [ ] contract test for retries @hana
`),
              }),
            ],
          }),
          page({
            title: 'Gateway inventory',
            by: 'victor',
            at: 19,
            labels: ['inventory'],
            body: prose(`
| Site | Gateway | Robots | Uplink |
| Oslo 2 | gw-osl-2 | 214 | fibre 1 Gbit/s |
| Rotterdam | gw-rtm-1 | 640 | fibre 10 Gbit/s |
| León | gw-len-1 | 88 | radio, 200 Mbit/s |
| Nagoya | gw-ngo-1 | 301 | fibre 1 Gbit/s |
| Columbus | gw-cmh-1 | 412 | fibre 10 Gbit/s |

Spare gateways: two in Oslo, one in Columbus.
`),
            files: [
              {
                name: 'gateways.csv',
                content: csv([
                  ['site', 'gateway', 'robots'],
                  ['Oslo 2', 'gw-osl-2', 214],
                  ['Rotterdam', 'gw-rtm-1', 640],
                  ['Leon', 'gw-len-1', 88],
                ]),
              },
            ],
          }),
          page({
            title: 'Cluster upgrade calendar',
            by: 'elena',
            at: 7.5,
            labels: ['calendar'],
            body: prose(
              '| Cluster | To | When |\n| staging-1 | 1.34 | {date:2026-11-24} |\n| prod-eu-1 | 1.34 | {date:2026-12-01} |\n| prod-us-1 | 1.34 | {date:2026-12-08} |\n\nNo upgrades between {date:2026-12-14} and {date:2027-01-04}.',
            ),
          }),
        ],
      }),
      page({
        title: 'Delivery pipeline',
        by: 'victor',
        at: 81,
        history: [
          {
            title: 'CI and CD',
            by: 'victor',
            at: 290,
            body: prose('From a merged change to a warehouse in two hours.'),
          },
          {
            by: 'elena',
            at: 175,
            message: 'Renamed',
            body: prose('From a merged change to a warehouse in 70 minutes.'),
          },
        ],
        labels: ['pipeline'],
        body: prose(
          'From a merged change to a warehouse in 40 minutes: build 6, tests 14, staging soak 15, rollout 5.\n\n- A red build blocks only its own service.\n- Artefacts are signed; the gateway refuses unsigned ones.\n- Secrets come from the vault at start, never from the image.',
        ),
        children: [
          page({
            title: 'Signing artefacts',
            by: 'noah',
            at: 133,
            body: prose(
              'Images are signed with cosign and a key in the HSM. To check one by hand:\n\n```bash\ncosign verify --key hsm://release registry.halden.example/fleet-gateway:9.4.1\n```',
            ),
          }),
          page({
            title: 'Flaky test policy',
            by: 'hana',
            at: 58,
            body: prose(
              'A test that fails twice without a code change is quarantined by the bot. It has ten working days; then it is deleted, with a note to the owner.',
            ),
          }),
        ],
      }),
      siteMeetings(),
    ],
  }),
  blogPosts: [
    post({
      title: 'Kubernetes 1.33 is everywhere',
      by: 'elena',
      at: 103,
      labels: ['platform'],
      body: prose(
        'All six clusters run 1.33 since Tuesday {emoji:tada}. The upgrade took 19 hours of work instead of the 40 of last time; most of it by the new drain script.',
      ),
    }),
    post({
      title: 'Pager load halved since spring',
      by: 'lars',
      at: 24,
      labels: ['platform', 'oncall'],
      body: prose(
        'In April we had 26 pages a month, in October 11. Three things helped: deleting alerts nobody acted on, the gateway certificate alert, and sampling of Wi-Fi roaming.',
      ),
    }),
  ],
});
