/** Runbooks: one for each service, made from a table of facts, and the retired ones. */
import { csv } from '../files.ts';
import { pageMaker } from '../make.ts';
import { inline, prose } from '../prose.ts';
import { box, codeBlock, macro, p, properties, status, table, td, th } from '../storage.ts';
import type { DemoPage } from '../types.ts';

const page = pageMaker('ENG');

type Service = {
  name: string;
  does: string;
  owner: string;
  at: number;
  tier: 1 | 2 | 3;
  alerts: [alert: string, meaning: string][];
  first: string[];
  restart: string;
  risk: string;
};

const SERVICES: Service[] = [
  {
    name: 'Billing engine',
    does: 'rates usage events and writes invoices',
    owner: 'raj',
    at: 22,
    tier: 1,
    alerts: [
      ['ledger_imbalance', 'debits and credits differ'],
      ['run_overdue', 'an invoice run takes longer than 2 hours'],
    ],
    first: [
      'Freeze invoices with `billingctl freeze`.',
      'Compare the last balanced batch with the current one.',
      'Call finance before 08:00 CET if a run is affected.',
    ],
    restart: 'kubectl -n billing rollout restart deploy/engine',
    risk: 'A restart in a run repeats the current tenant; the ledger drops the repeats.',
  },
  {
    name: 'Fleet gateway',
    does: 'carries commands and positions between cluster and robots',
    owner: 'hana',
    at: 14,
    tier: 1,
    alerts: [
      ['gateway_down', 'no heartbeat for 60 s'],
      ['frame_gap', 'more than 10 lost frames for 5% of robots'],
    ],
    first: [
      'Ask the site whether the uplink is up.',
      'Look at the radio channel map.',
      'Fail over to the spare with `platctl gateway swap`.',
    ],
    restart: 'platctl gateway restart gw-osl-2 --hold-robots',
    risk: 'Robots lock their wheels while the gateway is away.',
  },
  {
    name: 'Order intake',
    does: 'accepts orders of warehouse systems',
    owner: 'kwame',
    at: 6.1,
    tier: 1,
    alerts: [
      ['intake_5xx', 'more than 1% of requests fail'],
      ['duplicate_orders', 'idempotency keys were reused with other content'],
    ],
    first: [
      'Check the partner that sends most errors.',
      'Look for a release of theirs.',
      'Switch the partner to the queue if needed.',
    ],
    restart: 'kubectl -n orders rollout restart deploy/intake',
    risk: 'None; requests wait in the load balancer for 20 s.',
  },
  {
    name: 'Mission planner',
    does: 'decides which robot does what',
    owner: 'noah',
    at: 41,
    tier: 1,
    alerts: [
      ['plan_latency', 'planning takes more than 800 ms'],
      ['deadlock', 'four or more robots wait for each other'],
    ],
    first: [
      'Open the map and find the knot.',
      'Hold the two robots with the lowest battery.',
      'Release them one at a time.',
    ],
    restart: 'kubectl -n fleet rollout restart statefulset/planner',
    risk: 'All missions are planned again; expect 30 s without movement.',
  },
  {
    name: 'Charging scheduler',
    does: 'sends robots to the docks',
    owner: 'mei',
    at: 73,
    tier: 2,
    alerts: [
      ['dock_queue', 'more than 6 robots wait for a dock'],
      ['low_fleet_charge', 'the average is below 35%'],
    ],
    first: ['See whether docks are out of order.', 'Lower the charge target to 60% for the shift.'],
    restart: 'kubectl -n fleet rollout restart deploy/charging',
    risk: 'Robots keep their last order.',
  },
  {
    name: 'Map service',
    does: 'keeps floor plans and no-go zones',
    owner: 'noah',
    at: 128,
    tier: 2,
    alerts: [['map_mismatch', 'a robot sees walls where the map has none']],
    first: ['Ask the site what was moved.', 'Draw a no-go zone around it.', 'Plan a new scan for the night.'],
    restart: 'kubectl -n fleet rollout restart deploy/maps',
    risk: 'None.',
  },
  {
    name: 'Identity',
    does: 'signs people and machines in',
    owner: 'elena',
    at: 35,
    tier: 1,
    alerts: [
      ['login_failures', 'three times the usual rate'],
      ['cert_expiry', 'a certificate ends within 21 days'],
    ],
    first: [
      'Separate attack from fault: look at the spread of addresses.',
      'Renew with `platctl certs renew`.',
    ],
    restart: 'kubectl -n identity rollout restart deploy/idp',
    risk: 'People stay signed in; new sign-ins wait.',
  },
  {
    name: 'Notification hub',
    does: 'sends mails, webhooks and push messages',
    owner: 'ben',
    at: 5.8,
    tier: 2,
    alerts: [
      ['webhook_backlog', 'more than 10,000 events wait'],
      ['bounce_rate', 'more than 4% of mails come back'],
    ],
    first: ['Find the slowest receiver.', 'Park its events: `hubctl park <client>`.'],
    restart: 'kubectl -n hub rollout restart deploy/sender',
    risk: 'Events may be sent twice.',
  },
  {
    name: 'Reporting',
    does: 'builds the daily figures',
    owner: 'victor',
    at: 90,
    tier: 3,
    alerts: [['late_report', 'usage of yesterday is missing at 05:30']],
    first: ['Look whether the backup still runs.', 'Start the export by hand.'],
    restart: 'kubectl -n reporting create job --from=cronjob/daily retry',
    risk: 'The database is slow for about 20 minutes.',
  },
  {
    name: 'Telemetry store',
    does: 'keeps positions and battery curves for 400 days',
    owner: 'victor',
    at: 57,
    tier: 2,
    alerts: [
      ['disk_80', 'a volume is 80% full'],
      ['ingest_lag', 'writes are 2 minutes behind'],
    ],
    first: ['Delete expired partitions.', 'Add a volume; it takes 8 minutes.'],
    restart: 'kubectl -n telemetry rollout restart statefulset/store',
    risk: 'Gateways buffer for 30 minutes.',
  },
  {
    name: 'Console',
    does: 'is what operators look at',
    owner: 'marcus',
    at: 49,
    tier: 2,
    alerts: [['console_errors', 'scripts fail for 2% of people']],
    first: ['Roll back to the release before.', 'Tell the night crews in `#ops-night`.'],
    restart: 'argocd app rollback console',
    risk: 'Open dialogs are lost.',
  },
  {
    name: 'Firmware update service',
    does: 'brings new firmware to robots at the dock',
    owner: 'mei',
    at: 33,
    tier: 2,
    alerts: [
      ['update_failed', 'more than 2% of updates fail'],
      ['mixed_fleet', 'three or more versions in one site'],
    ],
    first: ['Stop the campaign.', 'Read the upload of one failed robot.', 'Never retry at peak.'],
    restart: 'fwctl campaign pause --all',
    risk: 'A robot in the middle of an update must stay docked.',
  },
  {
    name: 'Payment connector',
    does: 'talks to the payment provider',
    owner: 'raj',
    at: 18,
    tier: 1,
    alerts: [
      ['declines', 'more than 9% of charges are declined'],
      ['provider_timeout', 'answers take more than 10 s'],
    ],
    first: ['Look at the status page of the provider.', 'Pause charges; invoices go on.'],
    restart: 'kubectl -n billing rollout restart deploy/payments',
    risk: 'A charge in flight is settled by the reconciliation of the night.',
  },
  {
    name: 'Label printer bridge',
    does: 'drives printers in the packing area',
    owner: 'kwame',
    at: 160,
    tier: 3,
    alerts: [['printer_offline', 'a printer does not answer for 5 minutes']],
    first: ['Paper, then network, then power.', 'Send the queue to the neighbour printer.'],
    restart: 'sudo systemctl restart halden-labels',
    risk: 'Up to five labels are printed twice.',
  },
  {
    name: 'Wi-Fi controller',
    does: 'steers robots between access points',
    owner: 'lars',
    at: 66,
    tier: 2,
    alerts: [['roam_failures', 'more than 20 failed handovers in a minute']],
    first: ['Look for a new source of radar or a microwave.', 'Fix channels by hand for the shift.'],
    restart: 'platctl wifi reload --site oslo-2',
    risk: 'All robots of the site roam at once; hold them first.',
  },
  {
    name: 'Queue cluster',
    does: 'carries events between services',
    owner: 'elena',
    at: 84,
    tier: 1,
    alerts: [
      ['under_replicated', 'partitions have one copy too few'],
      ['consumer_lag', 'a group is 100,000 events behind'],
    ],
    first: ['Never restart two brokers.', 'Scale the slow consumer.'],
    restart: 'kubectl -n queue delete pod broker-0',
    risk: 'Producers retry for 2 minutes.',
  },
  {
    name: 'Document store',
    does: 'keeps invoices and delivery notes as PDF',
    owner: 'raj',
    at: 101,
    tier: 3,
    alerts: [['render_queue', '500 documents wait']],
    first: ['Add two renderers.', 'Skip the previews.'],
    restart: 'kubectl -n docs rollout restart deploy/render',
    risk: 'None.',
  },
  {
    name: 'Search index',
    does: 'finds orders and articles in the console',
    owner: 'ben',
    at: 44,
    tier: 3,
    alerts: [['index_stale', 'the index is an hour old']],
    first: ['Look at the feed from order intake.', 'Rebuild one site, not all.'],
    restart: 'searchctl rebuild --site oslo-2',
    risk: 'Results are incomplete during a rebuild.',
  },
  {
    name: 'Secrets vault',
    does: 'hands out secrets at start',
    owner: 'lars',
    at: 115,
    tier: 1,
    alerts: [
      ['vault_sealed', 'the vault needs three keys'],
      ['token_renewal', 'renewals fail'],
    ],
    first: [
      'Call three key holders from the sealed envelope.',
      'Do not restart services now: they cannot start again.',
    ],
    restart: 'vault operator unseal',
    risk: 'Nothing can be deployed while it is sealed.',
  },
  {
    name: 'Edge proxy',
    does: 'is the first thing a request meets',
    owner: 'lars',
    at: 27,
    tier: 1,
    alerts: [
      ['edge_5xx', 'more than 0.5% fail'],
      ['tls_handshake', 'handshakes fail'],
    ],
    first: ['Compare regions.', 'Move traffic away from the bad one.'],
    restart: 'platctl edge drain eu-1',
    risk: 'Latency rises by 30 ms for Europe.',
  },
];

const tier = (level: 1 | 2 | 3) =>
  status(({ 1: 'Red', 2: 'Yellow', 3: 'Grey' } as const)[level], `TIER ${level}`);

const runbook = (service: Service): DemoPage =>
  page({
    title: `Runbook: ${service.name}`,
    by: service.owner,
    at: service.at,
    perWeek: service.tier === 1 ? 11 : 4,
    labels: ['runbook', 'service', `tier-${service.tier}`],
    body: [
      properties([
        ['Owner', inline(`@${service.owner}`)],
        ['State', status('Green', 'ACTIVE')],
        ['Tier', tier(service.tier)],
      ]),
      p(`${service.name} ${service.does}.`),
      prose(
        `## Alerts\n\n| Alert | Means |\n${service.alerts.map(([alert, meaning]) => `| \`${alert}\` | ${meaning} |`).join('\n')}\n\n## First steps\n\n${service.first.map((step, index) => `${index + 1}. ${step}`).join('\n')}\n\n## Restart`,
      ),
      codeBlock('bash', service.restart),
      box(service.tier === 1 ? 'warning' : 'note', p(inline(service.risk)), {
        title: 'What a restart costs',
      }),
    ],
    comments:
      service.tier === 1 && service.at > 30
        ? [
            {
              by: 'ben',
              at: service.at - 10,
              text: `I followed this at night for ${service.name.toLowerCase()}; step 1 needs the address of the dashboard.`,
            },
          ]
        : [],
    files:
      service.tier === 1
        ? [
            {
              name: `${service.name.toLowerCase().replaceAll(' ', '-')}-alerts.csv`,
              content: csv([['alert', 'meaning'], ...service.alerts]),
            },
          ]
        : [],
  });

type Retired = { name: string; by: string; at: number; since: string; instead: string; steps: string[] };

const RETIRED: Retired[] = [
  {
    name: 'Hive message bus',
    by: 'lars',
    at: 402,
    since: '2025-11',
    instead: 'Runbook: Queue cluster',
    steps: [
      'Log in to hive-1.',
      'Restart the broker with `service hive restart`.',
      'Wait for the green light in the old dashboard.',
    ],
  },
  {
    name: 'Till',
    by: 'raj',
    at: 388,
    since: '2025-10',
    instead: 'Runbook: Billing engine',
    steps: ['Stop the nightly cron.', 'Copy the spool folder.', 'Start Till again with the spool mounted.'],
  },
  {
    name: 'Postman intake',
    by: 'kwame',
    at: 371,
    since: '2025-12',
    instead: 'Runbook: Order intake',
    steps: ['Empty the inbox of orders@.', 'Feed stuck mails with `intake --replay`.'],
  },
  {
    name: 'AMR-50 dock server',
    by: 'mei',
    at: 345,
    since: '2026-01',
    instead: 'Runbook: Charging scheduler',
    steps: ['Press reset on the dock.', 'Wait two minutes, the fan starts last.'],
  },
  {
    name: 'Tape backups',
    by: 'victor',
    at: 520,
    since: '2025-06',
    instead: 'Runbook: Telemetry store',
    steps: [
      'Change the tape on Monday.',
      'Write the number on the label.',
      'Carry the old tape to the safe.',
    ],
  },
];

const retired = (book: Retired, children: DemoPage[] = []): DemoPage =>
  page({
    title: `Runbook: ${book.name}`,
    by: book.by,
    at: book.at,
    perWeek: 2,
    lastView: 120,
    labels: ['runbook', 'retired'],
    classic: true,
    body: [
      p(`${status('Grey', 'RETIRED')} since ${book.since}. Use ${inline(`[[${book.instead}]]`)} instead.`),
      prose(`## Steps\n\n${book.steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}`),
    ],
    children,
  });

const drill = (name: string, at: number, text: string) =>
  page({
    title: name,
    by: 'lars',
    at,
    perWeek: 1,
    lastView: 150,
    labels: ['runbook', 'retired'],
    classic: true,
    body: prose(text),
  });

export const runbooks = (): DemoPage =>
  page({
    title: 'Runbooks',
    by: 'lars',
    at: 39,
    perWeek: 18,
    labels: ['runbook-index'],
    body: [
      prose(
        'One runbook for each service. It must help somebody who has never seen the service, at three in the morning.',
      ),
      macro('contentbylabel', {
        cql: 'label = "runbook" and label != "retired" and space = "ENG"',
        max: '50',
        showLabels: 'false',
        showSpace: 'false',
      }),
      table([[th('Rule'), td('A runbook without a change for a year is reviewed or retired.')]]),
    ],
    children: [
      ...SERVICES.map(runbook),
      ...RETIRED.map((book, index) =>
        retired(
          book,
          index === 0
            ? [
                drill(
                  'Hive failover drill',
                  398,
                  'Twice a year two people pull the plug of hive-1 and measure. Best time: 4 minutes 10 seconds.',
                ),
                drill(
                  'Hive capacity table',
                  396,
                  '| Sites | Brokers | Memory |\n| 10 | 3 | 16 GB |\n| 30 | 5 | 32 GB |',
                ),
              ]
            : [],
        ),
      ),
    ],
  });
