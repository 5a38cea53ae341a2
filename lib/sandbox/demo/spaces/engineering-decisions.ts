/** Architecture decision records. */
import { pageMaker } from '../make.ts';
import { prose } from '../prose.ts';
import { macro, p, status } from '../storage.ts';
import type { DemoPage } from '../types.ts';

const page = pageMaker('ENG');

type Record_ = {
  number: number;
  title: string;
  by: string;
  at: number;
  state: 'ACCEPTED' | 'SUPERSEDED' | 'PROPOSED' | 'REJECTED';
  context: string;
  decision: string;
  consequences: string[];
};

const COLOURS = { ACCEPTED: 'Green', SUPERSEDED: 'Grey', PROPOSED: 'Blue', REJECTED: 'Red' } as const;

const RECORDS: Record_[] = [
  {
    number: 18,
    title: 'One gateway per warehouse',
    by: 'lars',
    at: 610,
    state: 'ACCEPTED',
    context: 'Sites lose their uplink two or three times a year. Robots must finish what they carry.',
    decision: 'Every warehouse has a gateway that can run missions alone for 30 minutes.',
    consequences: ['We run hardware in 61 places.', 'Firmware and gateway must agree on versions.'],
  },
  {
    number: 19,
    title: 'Events in the ledger, not counters',
    by: 'raj',
    at: 540,
    state: 'ACCEPTED',
    context: 'Counters were corrected by hand and nobody could say why.',
    decision: 'Usage is a stream of events; corrections are events too.',
    consequences: ['Storage grows by 2 GB a day.', 'Any balance can be explained.'],
  },
  {
    number: 20,
    title: 'Own map format',
    by: 'noah',
    at: 505,
    state: 'SUPERSEDED',
    context: 'Vendor formats could not hold no-go zones with times.',
    decision: 'We define HMAP 1.',
    consequences: ['Converters for three scanners.', 'Replaced by decision 27.'],
  },
  {
    number: 21,
    title: 'PostgreSQL for everything transactional',
    by: 'elena',
    at: 470,
    state: 'ACCEPTED',
    context: 'Four kinds of database for nine people.',
    decision: 'New services use PostgreSQL unless they prove that they cannot.',
    consequences: ['One kind of backup.', 'The telemetry store stays an exception.'],
  },
  {
    number: 22,
    title: 'No GraphQL for partners',
    by: 'kwame',
    at: 430,
    state: 'ACCEPTED',
    context: 'Two partners asked for it; both have one developer.',
    decision: 'Public APIs are plain HTTP with JSON.',
    consequences: ['More endpoints.', 'Caching works at the edge.'],
  },
  {
    number: 23,
    title: 'Rust for new firmware modules',
    by: 'mei',
    at: 360,
    state: 'ACCEPTED',
    context: 'A third of field faults of 2024 were memory errors.',
    decision: 'New modules are written in Rust, old C stays until it is touched.',
    consequences: ['Training for six people.', 'Two tool chains for some years.'],
  },
  {
    number: 24,
    title: 'Blue and green clusters',
    by: 'victor',
    at: 300,
    state: 'REJECTED',
    context: 'Upgrades in place took a night.',
    decision: 'We do not double the clusters; we improve draining.',
    consequences: ['The drain script is owned by Platform.'],
  },
  {
    number: 25,
    title: 'Problem details for errors',
    by: 'lars',
    at: 126,
    state: 'ACCEPTED',
    context: 'Five services had five shapes of errors.',
    decision: 'RFC 9457 everywhere, see [[API Guidelines]].',
    consequences: ['Old clients get the old shape until May 2027.'],
  },
  {
    number: 26,
    title: 'Robots speak MQTT 5',
    by: 'hana',
    at: 188,
    state: 'ACCEPTED',
    context: 'The home-made protocol has no flow control.',
    decision: 'MQTT 5 with one topic for each robot.',
    consequences: ['Firmware 7 is required.', 'Frames are 9% larger.'],
  },
  {
    number: 27,
    title: 'OpenDrive based maps',
    by: 'noah',
    at: 141,
    state: 'ACCEPTED',
    context: 'HMAP has no tools besides ours.',
    decision: 'Maps are OpenDrive with our extensions for time windows.',
    consequences: ['HMAP 1 files are converted once.'],
  },
  {
    number: 28,
    title: 'Feature flags live in git',
    by: 'ben',
    at: 96,
    state: 'ACCEPTED',
    context: 'Nobody knew who had switched what.',
    decision: 'Flags are files; a change is a merge.',
    consequences: ['Switching takes four minutes.', 'An emergency switch exists for Tier 1.'],
  },
  {
    number: 29,
    title: 'Tokens bound to certificates',
    by: 'noah',
    at: 52,
    state: 'PROPOSED',
    context: 'Stolen tokens work from anywhere.',
    decision: 'Bind tokens of machines to their mTLS certificate.',
    consequences: ['Partners need certificates.', 'Two quarters of work.'],
  },
];

export const decisionRecords = (): DemoPage =>
  page({
    title: 'Architecture decisions',
    by: 'priya',
    at: 52,
    labels: ['adr'],
    body: [
      prose(
        'Short records of decisions that are hard to take back. A record is never changed after it was accepted; a new one supersedes it.',
      ),
      macro('children', { sort: 'title', reverse: 'true', first: '50' }),
    ],
    children: [
      ...RECORDS.map((record) =>
        page({
          title: `ADR ${record.number}: ${record.title}`,
          by: record.by,
          at: record.at,
          labels: ['adr', record.state.toLowerCase()],
          classic: record.at > 450,
          body: [
            p(status(COLOURS[record.state], record.state)),
            prose(
              `## Context\n\n${record.context}\n\n## Decision\n\n${record.decision}\n\n## Consequences\n\n${record.consequences.map((item) => `- ${item}`).join('\n')}`,
            ),
          ],
        }),
      ),
      page({
        title: 'ADR 30: Stripe webhooks for payment events',
        by: 'raj',
        at: 8.2,
        perWeek: 13,
        labels: ['adr', 'accepted', 'billing', 'stripe'],
        body: [
          p(status('Green', 'ACCEPTED')),
          prose(`
## Context

The payment connector asks Stripe every five minutes for news. Payments are seen late, and dunning letters go to tenants who have paid.

## Decision

We receive Stripe webhooks at \`POST /v2/billing/stripe/events\`.

- Events: \`payment_intent.succeeded\`, \`payment_intent.payment_failed\`, \`charge.refunded\`, \`charge.dispute.created\`.
- The \`Stripe-Signature\` header is checked with the endpoint secret from the vault; events older than 5 minutes are refused.
- Each event is stored by its id before anything else happens, so that a repeat changes nothing.
- Polling stays as reconciliation, once a night.

## Consequences

- Dunning stops within seconds of a payment.
- The edge proxy must let Stripe's addresses through.
- The requirements in [[PROD:Q3 Billing Engine PRD]] have to be amended.
`),
        ],
        comments: [
          {
            by: 'ingrid',
            at: 7.5,
            text: 'Good. I have not put it into the requirements yet.',
            replies: [{ by: 'raj', at: 7.3, text: 'A short technical note there is enough.' }],
          },
        ],
      }),
    ],
  });
