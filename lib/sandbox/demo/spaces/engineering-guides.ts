/** Guides and standards of the Engineering space. */
import { flowSvg, png } from '../files.ts';
import { pageMaker } from '../make.ts';
import { prose } from '../prose.ts';
import { codeBlock, expand, image, macro, panel, table, td, th, toc } from '../storage.ts';

const page = pageMaker('ENG');

const billingBefore = prose(`
## Before you start

- You are on call, or paired with somebody who is.
- No invoice run is in progress: \`billingctl runs --active\` prints nothing. Runs start at 02:00 UTC on the 1st and the 15th.
- The release has a green build and an entry in the change calendar.
`);

const billingSteps = [
  prose('## Deployment steps'),
  '<ol start="1"><li><p>Announce in <code>#billing-deploys</code> with the version and the reason.</p></li><li><p>Freeze new invoices: <code>billingctl freeze --reason deploy</code>. Payments go on.</p></li><li><p>Run the migrations with a time limit:</p>',
  codeBlock(
    'bash',
    'kubectl -n billing create job migrate-$TAG --from=cronjob/migrate\nkubectl -n billing wait --for=condition=complete job/migrate-$TAG --timeout=600s',
  ),
  '</li><li><p>Deploy the canary (5% of tenants) and watch for 15 minutes.</p></li><li><p>Roll out to everybody: <code>argocd app sync billing-engine</code>.</p></li><li><p>Unfreeze: <code>billingctl unfreeze</code>, then issue the test invoice of tenant <code>halden-internal</code>.</p></li></ol>',
];

const billingWatch = [
  prose('## What to watch'),
  table([
    [
      th('<p><strong>Signal</strong></p>'),
      th('<p><strong>Good</strong></p>'),
      th('<p><strong>Stop the rollout</strong></p>'),
    ],
    [
      td('Ledger imbalance'),
      td('0.00 EUR', { colour: '#e3fcef' }),
      td('anything else, even a cent', { colour: '#ffebe6' }),
    ],
    [td('p95 of <code>POST /v2/charges</code>'), td('below 400 ms'), td('above 900 ms for 5 minutes')],
    [td('Dead letters in <code>billing.events</code>'), td('fewer than 5'), td('more than 50, or growing')],
  ]),
];

const billingContacts = [
  panel(
    '<p>On call: <code>billing-primary</code> in the pager. Product: Ingrid Solberg. Finance: finance-ops@halden.example.</p>',
  ),
];

export const deployGuide = () =>
  page({
    id: '5543210',
    title: 'Deploying the Billing Engine',
    by: 'raj',
    at: 12.4,
    perWeek: 21,
    message: 'Canary share and the signals to watch',
    labels: ['deployment', 'billing', 'guide'],
    history: [
      { by: 'raj', at: 168, body: [billingBefore, ...billingSteps], message: 'First version' },
      {
        by: 'elena',
        at: 71,
        body: [billingBefore, ...billingSteps, ...billingContacts],
        message: 'Contacts',
      },
    ],
    body: [billingBefore, ...billingSteps, ...billingWatch, ...billingContacts],
    files: [
      {
        name: 'billing-rollout.svg',
        content: flowSvg('Rollout', ['Freeze', 'Migrate', 'Canary', 'All', 'Unfreeze']),
      },
    ],
    comments: [
      {
        by: 'elena',
        at: 30,
        resolved: true,
        text: 'Step 3 needs a time limit, the last migration hung for an hour.',
        replies: [{ by: 'raj', at: 28, text: 'Added 600 s.' }],
      },
      {
        by: 'ben',
        at: 8,
        text: 'What do we do when the canary fails after the migration? I could not find it here.',
      },
    ],
  });

export const datadog = () =>
  page({
    title: 'Datadog logging guidelines',
    by: 'priya',
    at: 38,
    perWeek: 27,
    labels: ['logging', 'datadog', 'guideline', 'observability'],
    history: [
      {
        by: 'priya',
        at: 250,
        body: prose('## Main rules\n\n1. Log JSON, one object per line.\n2. No personal data.'),
        message: 'Start',
      },
      {
        by: 'priya',
        at: 140,
        body: prose(
          '## Main rules\n\n1. Log JSON, one object per line.\n2. Always set service, env and version.\n3. No personal data, no secrets.\n4. Use the five levels as defined below.',
        ),
      },
    ],
    body: [
      prose(`
Logs are for the person who is woken at three. These rules keep them searchable and affordable; they apply to every service and to the gateway of each warehouse.

## Main rules

1. **Log structured JSON, one object per line, to standard output.** Never write log files; the agent collects stdout.
2. **Always set the unified service tags** \`service\`, \`env\` and \`version\`. A log without them is dropped after 1 hour.
3. **Never log personal data or secrets.** Customer names, addresses, tokens and card numbers are scrubbed, and the scrubbing counts as an incident.
4. **Use levels as defined:** \`error\` pages somebody, \`warn\` is looked at the same day, \`info\` tells the story of a request in at most three lines, \`debug\` is off in production.
5. **Carry the trace id.** Every line has \`dd.trace_id\` and \`dd.span_id\`, so that a log opens its trace.
6. **Sample the noise.** Health checks are not logged; anything above 100 lines per second for each pod is sampled to 10%.
7. **Retention is 15 days hot, 90 days archive.** Audit events go to the audit store, not to Datadog.

## Example
`),
      codeBlock(
        'json',
        '{"timestamp":"2026-10-12T03:14:07.120Z","status":"error","service":"billing-engine","env":"prod","version":"4.18.2","dd.trace_id":"7263849501","message":"charge declined","tenant":"t_481","attempt":3}',
        { title: 'A good error line' },
      ),
      expand(
        'How to tag a new service',
        prose(
          '1. Add the three labels to the Helm chart.\n2. Deploy to staging.\n3. Check the [service catalogue](https://app.datadoghq.example/services) for the owner.',
        ),
      ),
      prose(
        '## Cost\n\nIngest is billed by gigabyte. In September 2026 the fleet gateway alone made 38% of the bill; see [[Reducing log volume in the fleet gateway]].',
      ),
    ],
    comments: [
      {
        by: 'victor',
        at: 21,
        text: 'Rule 6: is the 100 lines per second before or after the agent drops debug?',
        replies: [{ by: 'priya', at: 20, text: 'After. I will make that clear in the next edit.' }],
      },
    ],
  });

export const observability = () =>
  page({
    title: 'Observability',
    by: 'priya',
    at: 64,
    labels: ['observability'],
    body: [
      toc(),
      prose('How we see what robots and services do: logs, metrics, traces. Owner: @priya.'),
      macro('children', { depth: '1' }),
    ],
    children: [
      datadog(),
      page({
        title: 'Datadog dashboards we keep',
        by: 'victor',
        at: 92,
        labels: ['datadog', 'observability'],
        body: prose(`
| Dashboard | For whom | Owner |
| Fleet health | operators on shift | @hana |
| Billing money flow | finance and on call | @raj |
| Gateway saturation | platform | @lars |

A dashboard nobody opened for 60 days is deleted without asking. Export its JSON to the repository if you want it back.
`),
      }),
      page({
        title: 'Reducing log volume in the fleet gateway',
        by: 'victor',
        at: 27,
        labels: ['logging', 'cost'],
        body: prose(`
## What we found

The gateway wrote one line for each position frame: 5 lines per second and robot, 640 robots in the largest site.

## What we did

- Position frames are counted, not logged; a metric holds the count.
- Faults are logged once at the start and once at the end, with the duration.

Volume fell from 412 GB to 61 GB a day. The remaining part is mostly Wi-Fi roaming, {status:Yellow|UNDER REVIEW}.
`),
      }),
      page({
        title: 'Tracing a pick order end to end',
        by: 'kwame',
        at: 110,
        labels: ['observability', 'guide'],
        body: [
          prose(
            'Open the order in the console, copy its trace id, and paste it into the search. You should see five spans: intake, allocation, mission, pick, handover.',
          ),
          image('trace-example.png', {
            caption: 'A healthy trace: five spans in 41 seconds',
            width: 640,
            height: 220,
          }),
        ],
        files: [{ name: 'trace-example.png', content: png(320, 110, 0x36b37e) }],
      }),
      page({
        title: 'Log levels in robot firmware',
        by: 'mei',
        at: 190,
        labels: ['firmware', 'logging'],
        body: prose(`
Firmware cannot use the service rules: it has 4 MB of flash for logs. Levels are \`F\` (fault), \`W\`, \`I\`; a ring buffer keeps the last 6 hours and is uploaded at the dock.

{status:Blue|FIRMWARE 7.2 AND LATER}
`),
      }),
    ],
  });
