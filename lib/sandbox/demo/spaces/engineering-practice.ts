/** How engineers work: practices, policies, sprint notes. */
import { pageMaker } from '../make.ts';
import { prose } from '../prose.ts';
import { macro, p } from '../storage.ts';
import type { DemoPage } from '../types.ts';
import { policyPage } from './policy.ts';

const page = pageMaker('ENG');

const HANDOVER = `
## Every Monday at 10:00 UTC

- [ ] Read the pages of the week together
- [ ] Open alerts: each has an owner or is closed
- [ ] Planned changes of the next week
- [ ] Phone number and time zone are right in the pager
- [ ] Say what annoyed you; one item goes to the backlog

The old person stays reachable until 14:00 UTC.
`;

/** Shared by this space and Onboarding, where somebody copied it: the near-duplicate that is to be found. */
export const machineSetup = (extra: string) => `
## Before you begin

You need a company laptop, a passkey and access to the group Engineering. All three are there on your first day; if not, write to it@halden.example.

## Steps

1. Install the tool manager: \`curl https://get.halden.example/tools | sh\`.
2. Run \`halden-tools install\`; it takes about 25 minutes.
3. Sign in to the registry with \`halden-tools login\`.
4. Clone the mono-repository: \`git clone git@git.halden.example:halden/main.git\`.
5. Start the local site with four simulated robots: \`make site\`.
6. Open \`http://localhost:8080\` and send robot 2 to dock 1.

## If it does not work

- Port 8080 is taken: \`make site PORT=8090\`.
- The simulator stops at once: it needs 8 GB of free memory.
${extra}`;

type Sprint = [number: number, at: number, by: string, done: string[], open: string[], action: string];

const SPRINTS: Sprint[] = [
  [
    92,
    3.4,
    'hana',
    ['Gateway 9.5 in staging', 'Object form of firmware in the fleet API'],
    ['Second radio for large sites'],
    '- [ ] @noah measure planner latency with 700 robots {date:2026-11-27}',
  ],
  [
    91,
    10.4,
    'hana',
    ['Sampling of roaming logs', 'Wheel lock on hold'],
    ['Gateway 9.5'],
    '- [x] @mei publish firmware 7.4 notes',
  ],
  [
    90,
    17.4,
    'noah',
    ['Deadlock finder in the console'],
    ['Sampling of roaming logs', 'Maps with time windows'],
    'Action: @hana asks Rotterdam for a quiet night',
  ],
  [
    89,
    24.4,
    'hana',
    ['Bulk cancel, up to 500 orders'],
    ['Deadlock finder'],
    '- [x] @kwame write the changelog',
  ],
  [
    88,
    31.4,
    'kwame',
    ['Charging reached 19 minutes'],
    ['Bulk cancel'],
    'Action: @mei orders two chargers for the lab by {date:2026-10-30}',
  ],
  [
    87,
    38.4,
    'hana',
    ['MQTT 5 on all robots of Oslo 2'],
    ['Charger firmware 3'],
    '- [x] @raj join the review of double charges',
  ],
  [
    86,
    45.4,
    'noah',
    ['Map conversion for 61 sites'],
    ['MQTT 5'],
    'Action: @noah deletes HMAP files after a month',
  ],
  [85, 52.4, 'hana', ['Rotterdam go-live'], ['Tyres for 12 robots'], '- [x] @hana thank the night crew'],
  [
    84,
    59.4,
    'mei',
    ['Certificates renewed everywhere'],
    ['Rotterdam checklists'],
    'Action: @victor adds the expiry alert',
  ],
  [83, 66.4, 'hana', ['Battery model 4'], ['Certificates'], 'Action: @mei compares model 3 and 4 in Nagoya'],
  [82, 73.4, 'kwame', ['Idempotency keys for all POST'], ['Battery model 4'], '- [x] @kwame tell partners'],
  [
    81,
    80.4,
    'hana',
    ['Planner without global lock'],
    ['Idempotency keys'],
    'Action: @noah presents the planner at the guild',
  ],
];

const bullets = (items: string[]) => items.map((item) => `- ${item}`).join('\n');

const sprints = () =>
  page({
    title: 'Fleet team sprint notes',
    by: 'hana',
    at: 82,
    labels: ['meeting-notes', 'sprint'],
    body: [
      prose('Weekly sprints, closed on Tuesdays.'),
      macro('children', { sort: 'creation', reverse: 'true', first: '6' }),
    ],
    children: SPRINTS.map(([number, at, by, done, open, action]) =>
      page({
        title: `Fleet sprint ${number} notes`,
        by,
        at,
        labels: ['meeting-notes', 'sprint'],
        body: prose(`## Done\n\n${bullets(done)}\n\n## Not done\n\n${bullets(open)}\n\n## Next\n\n${action}`),
      }),
    ),
  });

export const practice = (): DemoPage =>
  page({
    title: 'How we work',
    by: 'priya',
    at: 104,
    labels: ['practice'],
    body: prose(
      'The few rules we have, and why. The people behind “the dev team” are the members of the group *dev-team*; the group *Engineering* holds the same people.',
    ),
    children: [
      page({
        title: 'Code review',
        by: 'elena',
        at: 6.6,
        labels: ['practice'],
        history: [
          { by: 'elena', at: 220, body: prose('Answer within a working day. Be kind.') },
          {
            by: 'ben',
            at: 95,
            body: prose('## Rules\n\n1. Answer within a working day.\n2. Comment on code, never on people.'),
          },
        ],
        body: prose(
          '## Rules\n\n1. Answer {mark:review-day|within a working day}.\n2. Comment on code, never on people.\n3. Mark what must change with **must**; everything else is optional.\n4. More than 400 lines: talk first.\n5. The author merges.\n\nThe long version is [in the old handbook](https://docs.halden-old.example/eng/review?v=2#long).',
        ),
        comments: [
          {
            by: 'kwame',
            at: 5,
            text: 'Rule 4: generated files do not count, do they?',
            replies: [{ by: 'elena', at: 4.8, text: 'They do not.' }],
          },
        ],
        children: [
          page({
            title: 'Review checklist for firmware',
            by: 'mei',
            at: 117,
            labels: ['practice', 'firmware'],
            body: prose(
              '- [ ] no allocation in interrupt handlers\n- [ ] watchdog fed on every path\n- [ ] measured on the oldest board\n- [ ] the fault code is in the reference',
            ),
          }),
        ],
      }),
      page({
        title: 'On-call handover checklist',
        by: 'victor',
        at: 55,
        labels: ['oncall', 'checklist'],
        body: prose(HANDOVER),
      }),
      page({
        title: 'Copy of On-call handover checklist',
        by: 'zoe',
        at: 53,
        labels: ['oncall'],
        perWeek: 1,
        body: prose(HANDOVER.replace('14:00', '12:00')),
      }),
      page({
        title: 'Setting up a development machine',
        by: 'ben',
        at: 136,
        perWeek: 9,
        labels: ['setup', 'howto'],
        body: prose(machineSetup('- `make site` hangs at “waiting for map”: delete `~/.halden/maps`.')),
      }),
      page({
        title: 'Branches and releases',
        by: 'victor',
        at: 147,
        labels: ['practice', 'git'],
        body: prose(
          'We work on `main`. A release is a tag made by the pipeline; nobody tags by hand.\n\n```text\nmain ---o---o---o---o--->\n             \\-- v9.4.1 (hotfix, lives 14 days at most)\n```\n\nA hotfix goes to `main` first and is then picked, never the other way round.',
        ),
      }),
      page({
        title: 'Estimating without numbers',
        by: 'hana',
        at: 268,
        labels: ['practice'],
        body: prose(
          'We use three words: *small* (this week), *medium* (two people, this sprint), *unknown* (somebody looks for a day). There is no fourth word.',
        ),
      }),
      policyPage('ENG', {
        title: 'Open Source Policy',
        by: 'priya',
        at: 172,
        purpose: 'We use open source everywhere and give back what is not our secret.',
        scope: 'Everybody who writes code for Halden, contractors too.',
        rules: [
          'MIT, BSD and Apache 2.0 need no question; copyleft licences need one.',
          'Keep the notice files; the build checks them.',
          'Patches go upstream under the name of the author.',
        ],
        owner: 'priya',
        review: '2027-02-01',
      }),
      policyPage('ENG', {
        title: 'Production Access Policy',
        by: 'lars',
        at: 88,
        purpose: 'As few people as possible touch production, and all of it is recorded.',
        scope: 'Clusters, gateways, databases.',
        rules: [
          'Access lasts two hours and has a reason.',
          'Reading customer data needs a ticket of that customer.',
          'Sessions are recorded and kept for a year.',
        ],
        owner: 'lars',
        review: '2026-12-15',
      }),
      sprints(),
      page({
        title: 'Security findings 2026',
        by: 'priya',
        at: 43,
        labels: ['security'],
        read: { people: ['ada'], groups: ['Engineering'] },
        body: prose(
          '| Finding | Severity | State |\n| Debug port on dock controllers | high | {status:Green|FIXED} |\n| Map upload accepts any size | medium | {status:Blue|IN PROGRESS} |\n| Old TLS on label printers | low | {status:Grey|ACCEPTED} |',
        ),
      }),
      page({ title: 'Placeholder for the guild charter', by: 'noah', at: 61, perWeek: 1, body: '' }),
      page({
        title: 'Reading list',
        by: 'kwame',
        at: 199,
        body: [
          prose(
            '- *Designing Data-Intensive Applications*, two copies in Oslo\n- *The Field Guide to Understanding Human Error*\n- [How complex systems fail](https://how.complexsystems.fail/)',
          ),
          p('Lend them freely; write your name on the card.'),
        ],
      }),
    ],
  });
