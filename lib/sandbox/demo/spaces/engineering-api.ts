/** The API documentation of the Engineering space. */
import { flowSvg } from '../files.ts';
import { pageMaker } from '../make.ts';
import { prose } from '../prose.ts';
import {
  adfPanel,
  box,
  codeBlock,
  expand,
  image,
  macro,
  mark,
  p,
  plain,
  rich,
  status,
  table,
  td,
  th,
  toc,
} from '../storage.ts';

const page = pageMaker('ENG');

const intro = [
  toc(),
  box(
    'info',
    p(
      'These rules hold for every HTTP API that leaves a Halden service, internal or public. Questions go to <code>#api-guild</code>.',
    ),
    { title: 'Who this is for' },
  ),
];

const naming = prose(`
## Naming and versions

- Paths are plural nouns in kebab-case: \`/v2/pick-orders\`, never \`/getPickOrders\`.
- The major version is part of the path. A minor version is announced in the \`Halden-Version\` header.
- {mark:api-naming|Identifiers are opaque strings} with a prefix that names their kind: \`rob_7f3a\`, \`inv_20260817_004\`.
- Times are UTC in ISO 8601 with a trailing \`Z\`. Durations are whole milliseconds and end in \`_ms\`.
`);

const pagination = [
  prose(`
## Pagination

Every list is paged with an opaque cursor. A client follows \`next\` until it is absent; it never builds a cursor itself.
`),
  codeBlock(
    'json',
    `{
  "items": [{ "id": "rob_7f3a", "state": "charging" }],
  "next": "eyJvIjoxMDB9"
}`,
    { title: 'GET /v2/robots?limit=100', linenumbers: 'true' },
  ),
];

const errors = [
  prose(`
## Errors

An error answer is \`application/problem+json\` (RFC 9457). The \`code\` is stable and documented; the \`detail\` is for people and may change.
`),
  table(
    [
      [
        th('<p><strong>Status</strong></p>', { colour: '#f4f5f7' }),
        th('<p><strong>Code</strong></p>', { colour: '#f4f5f7' }),
        th('<p><strong>When</strong></p>', { colour: '#f4f5f7' }),
        th('<p><strong>Client should</strong></p>', { colour: '#f4f5f7' }),
      ],
      [
        td('400', { rowspan: 2 }),
        td('<code>invalid_field</code>'),
        td('A field has the wrong type or is out of range'),
        td('Fix the request, do not retry'),
      ],
      [td('<code>unknown_field</code>'), td('A field is not part of the schema'), td('Remove it')],
      [
        td('404'),
        td('<code>not_found</code>'),
        td('The thing does not exist, or the caller may not see it'),
        td('Treat both alike'),
      ],
      [
        td('409'),
        td('<code>version_conflict</code>'),
        td('The <code>If-Match</code> version is no longer current'),
        td('Read again, merge, retry'),
      ],
      [
        td('5xx'),
        td('<code>unavailable</code>', { colour: '#ffebe6' }),
        td('A dependency is down or slow', { colspan: 2 }),
      ],
    ],
    { widths: [90, 170, 300, 200] },
  ),
  box(
    'warning',
    p(
      'Never put a customer&rsquo;s stock figures, a token or a stack trace into <code>detail</code>. Two incidents in 2025 began that way.',
    ),
  ),
];

const rateLimits = prose(`
## Rate limits

Public APIs answer at most **600 requests per minute** for each client id, in a sliding window. Internal callers share 6,000 per minute for each service.

- Every answer carries \`RateLimit-Limit\`, \`RateLimit-Remaining\` and \`RateLimit-Reset\` (seconds).
- Above the limit the answer is \`429\` with \`Retry-After\`. Clients wait at least that long and add jitter.
- Bulk endpoints (\`/v2/bulk/...\`) cost 10 requests each.
- A higher limit is granted by the API guild, for 90 days at most; ask @lars.
`);

const escaping = [
  prose(`
## Embedding payloads

Some warehouse systems still take XML. Wrap a JSON payload in a CDATA section and split the terminator, as the gateway does:
`),
  codeBlock(
    'xml',
    `<order xmlns="urn:halden:orders:2">
  <payload><![CDATA[{"note": "shelf A-3 <fragile> & heavy", "matrix": [[1,2],[3,4]]}]]></payload>
  <!-- a payload that holds "]]>" must be split -->
</order>`,
    { title: 'order.xml', breakoutMode: 'wide', breakoutWidth: '960' },
  ),
  expand(
    'Gateway code for the split',
    codeBlock(
      'typescript',
      `export function cdata(text: string): string {
  // "]]>" would end the section early
  return '<![CDATA[' + text.split(']]>').join(']]]]><![CDATA[>') + ']]>';
}`,
      { collapse: 'false' },
    ),
  ),
];

const deprecation = [
  prose(`
## Deprecation

1. Announce in the changelog and with a \`Deprecation\` header, {mark:api-deprecation|at least 180 days ahead}.
2. Add a \`Sunset\` header with the date. Write to every client id seen in the last 30 days.
3. Brown-outs: one hour in week 2, four hours in week 1.
4. Remove. Answer \`410\` with a link to the replacement for another year.
`),
  adfPanel(
    'note',
    'The fleet API v1 keeps running until the last AMR-100 is retired, planned for March 2027.',
  ),
];

const review = [
  prose(
    '## Review\n\nA new endpoint needs an OpenAPI description and a review by two members of the guild before it is merged.',
  ),
  macro(
    'details',
    {},
    rich(
      table([
        [th('Owner'), td('API guild')],
        [th('State'), td(status('Green', 'IN FORCE'))],
        [th('Next review'), td('<time datetime="2027-01-15" />')],
      ]),
    ),
  ),
];

const oldNaming = naming.replace(
  mark('api-naming', 'Identifiers are opaque strings'),
  'Identifiers are opaque strings',
);
const oldDeprecation = deprecation.map((part) =>
  part.replace(mark('api-deprecation', 'at least 180 days ahead'), 'at least 90 days ahead'),
);

export const apiDocs = () =>
  page({
    title: 'API Documentation',
    by: 'lars',
    at: 26,
    perWeek: 24,
    labels: ['api', 'docs'],
    body: [
      prose(`
Everything a team needs to build against, or to offer, an API at Halden. Start with [[API Guidelines]]; the reference pages follow the OpenAPI files in the repositories and are checked in each release.
`),
      macro('children', { all: 'true', depth: '2', sort: 'title', style: 'h4' }),
      prose(
        '## Reading order\n\n1. [[API Guidelines]]\n2. [[API Authentication]]\n3. the reference of the service you need',
      ),
    ],
    comments: [
      {
        by: 'oliver',
        at: 15,
        text: 'Could this page say which APIs are public? Sales keeps asking, and I answer from memory.',
        replies: [
          { by: 'lars', at: 14.6, text: 'Agreed. I will add a column once the fleet API is settled.' },
        ],
      },
    ],
    children: [
      page({
        title: 'API Guidelines',
        by: 'lars',
        at: 2.2,
        perWeek: 46,
        message: 'Deprecation period is now 180 days',
        labels: ['api', 'guideline', 'docs'],
        history: [
          {
            by: 'priya',
            at: 214,
            body: [...intro, oldNaming, ...pagination],
            message: 'First version from the API guild',
          },
          {
            by: 'lars',
            at: 121,
            body: [...intro, oldNaming, ...pagination, ...errors, ...escaping, ...oldDeprecation],
            message: 'Errors follow RFC 9457',
          },
          {
            by: 'priya',
            at: 46,
            body: [
              ...intro,
              oldNaming,
              ...pagination,
              ...errors,
              rateLimits,
              ...escaping,
              ...oldDeprecation,
              ...review,
            ],
            message: 'Rate limits, agreed in the guild meeting',
          },
          {
            by: 'zoe',
            at: 9.1,
            body: [...intro, oldNaming, ...pagination, ...errors, ...escaping, ...oldDeprecation, ...review],
            message: 'Tidy up',
          },
        ],
        body: [...intro, naming, ...pagination, ...errors, ...escaping, ...deprecation, ...review],
        comments: [
          {
            by: 'hana',
            at: 1.8,
            on: ['api-naming', 'Identifiers are opaque strings'],
            text: 'Does this cover the numeric bin numbers too? The scanners cannot hold more than 12 digits.',
            replies: [
              { by: 'kwame', at: 1.5, text: 'I would say bins are an exception. Can we write that down?' },
            ],
          },
          {
            by: 'ingrid',
            at: 1.1,
            on: ['api-deprecation', 'at least 180 days ahead'],
            text: 'Two enterprise contracts promise 12 months. Please name them as an exception or raise the period.',
          },
          {
            by: 'ben',
            at: 6,
            text: 'Where did the numbers for limits go? The partner portal links to that section.',
          },
          {
            by: 'mei',
            at: 60,
            resolved: true,
            text: 'The 409 row should mention `If-Match`.',
            replies: [{ by: 'lars', at: 59, text: 'Done.' }],
          },
        ],
      }),
      page({
        title: 'API Authentication',
        by: 'noah',
        at: 33,
        perWeek: 19,
        labels: ['api', 'docs', 'security'],
        files: [
          {
            name: 'token-exchange.svg',
            content: flowSvg('Token exchange', ['Client', 'Gateway', 'Identity', 'Service']),
          },
        ],
        body: [
          prose(`
## Three kinds of caller

| Caller | Credential | Lifetime |
| Person in the console | session cookie, SameSite=Lax | 12 hours |
| Service of ours | mTLS certificate from the mesh | 24 hours, rotated by itself |
| Customer system | OAuth 2.0 client credentials | 1 hour, no refresh token |

## Client credentials

Tokens come from \`https://id.halden.example/oauth/token\`. Ask for {mark:auth-scope|the narrowest scope}; \`orders:*\` is refused for new clients since May 2026.
`),
          codeBlock(
            'bash',
            `curl -s https://id.halden.example/oauth/token \\
  -d grant_type=client_credentials \\
  -d scope='orders:read robots:read' \\
  -u "$CLIENT_ID:$CLIENT_SECRET" | jq -r .access_token`,
          ),
          image('token-exchange.svg', {
            caption: 'How a token is exchanged at the gateway',
            width: 700,
            height: 140,
          }),
          prose(
            '## Rotating a secret\n\nTwo secrets may be valid at once. Create the second, switch, then delete the first; the console shows the last use of each.',
          ),
        ],
        comments: [
          {
            by: 'amira',
            at: 20,
            on: ['auth-scope', 'the narrowest scope'],
            text: 'A table of scopes per endpoint would save us tickets. Is there one in the OpenAPI files?',
          },
          {
            by: 'sofia',
            at: 44,
            resolved: true,
            text: 'Typo in the header of the table, fixed?',
            replies: [{ by: 'noah', at: 43, text: 'Fixed, thanks.' }],
          },
        ],
      }),
      page({
        title: 'Orders API Reference',
        by: 'kwame',
        at: 5.4,
        perWeek: 22,
        labels: ['api', 'docs', 'reference'],
        history: [
          { by: 'kwame', at: 88, body: prose('## Endpoints\n\nTo be generated from the OpenAPI file.') },
        ],
        body: [
          prose(`
## Endpoints

| Method | Path | What it does |
| GET | \`/v2/pick-orders\` | lists orders, newest first |
| POST | \`/v2/pick-orders\` | accepts an order; \`Idempotency-Key\` is required |
| GET | \`/v2/pick-orders/{id}\` | one order with its lines and the robot that carries it |
| DELETE | \`/v2/pick-orders/{id}\` | cancels while the state is \`queued\` |

## States

queued → assigned → picking → staged → shipped. {mark:orders-cancel|An order can be cancelled until a robot has left the dock}; afterwards it must be returned.

## Example
`),
          codeBlock(
            'json',
            '{\n  "site": "wh_oslo_2",\n  "lines": [{ "sku": "HX-204", "quantity": 3 }],\n  "promise_by": "2026-11-24T14:00:00Z"\n}',
          ),
          macro('jira', {
            server: 'System Jira',
            serverId: 'b1d2c3e4-0000-4a1a-9c3e-5f6a7b8c9d0e',
            columns: 'key,summary,status',
            maximumIssues: '20',
            jqlQuery: 'project = ORD AND labels = api-docs ORDER BY created DESC',
          }),
        ],
        comments: [
          {
            by: 'marcus',
            at: 4.2,
            on: ['orders-cancel', 'An order can be cancelled until a robot has left the dock'],
            text: 'The code refuses earlier, as soon as the state is assigned. Which one is right?',
            replies: [
              {
                by: 'kwame',
                at: 3.9,
                text: 'The code is. I will fix the text, or we relax the code; @ingrid to decide.',
              },
            ],
          },
          {
            by: 'fatima',
            at: 3.3,
            text: 'Customers ask for a webhook instead of polling. Please link the plan from here.',
          },
        ],
      }),
      page({
        title: 'Fleet API Reference',
        by: 'hana',
        at: 17,
        perWeek: 17,
        labels: ['api', 'docs', 'reference'],
        body: [
          prose(`
## Endpoints

| Method | Path | What it does |
| GET | \`/v2/robots\` | all robots of a site with battery and state |
| POST | \`/v2/robots/{id}/missions\` | sends a robot somewhere |
| POST | \`/v2/robots/{id}/hold\` | stops a robot where it is, wheels locked |

!warning \`hold\` is not an emergency stop. The red button on the robot is.

## Telemetry stream

Positions arrive at 5 Hz over a WebSocket at \`wss://fleet.halden.example/v2/stream\`. The older guide at [the old docs](https://docs.halden-old.example/fleet/streaming) describes the v1 frames.
`),
          macro(
            'plantuml',
            { 'atlassian-macro-output-type': 'INLINE' },
            plain('@startuml\nRobot -> Gateway: frame (5 Hz)\nGateway -> Console: fan out\n@enduml'),
          ),
          `<p>Frames are numbered; a gap above 10 means the robot was out of coverage.</p>`,
        ],
        comments: [
          { by: 'elena', at: 12, text: 'Is 5 Hz guaranteed? In Rotterdam I measure 3.8 on average.' },
          {
            by: 'raj',
            at: 50,
            resolved: true,
            text: 'Please mention wheel lock for hold.',
            replies: [{ by: 'hana', at: 49, text: 'Added to the table.' }],
          },
        ],
      }),
      page({
        title: 'Webhooks Reference',
        by: 'ben',
        at: 6.3,
        labels: ['api', 'docs', 'reference'],
        body: prose(`
## Delivery

We send a POST with an HMAC-SHA256 signature in \`Halden-Signature\`. The receiver answers 2xx within 5 seconds; otherwise we try again after 1, 5, 30 and 120 minutes, then park the event for 72 hours.

## Events

| Event | Sent when |
| \`order.shipped\` | the last line has left the staging area |
| \`robot.fault\` | a robot reports a fault of severity 2 or higher |
| \`invoice.finalised\` | billing has closed an invoice |

Events may arrive twice and out of order. Use \`event_id\` to drop repeats. Details of the signature are at [docs.halden-old.example/webhooks](https://docs.halden-old.example/webhooks#signature).
`),
        comments: [
          { by: 'noah', at: 5, text: 'Please say how to rotate the signing secret without losing events.' },
        ],
      }),
      page({
        title: 'API Changelog',
        by: 'kwame',
        at: 3.1,
        perWeek: 12,
        labels: ['api', 'docs'],
        body: [
          macro('anchor', { '': 'top' }),
          prose(`
## November 2026

- \`GET /v2/robots\` answers \`firmware\` as an object. The string form goes away on {date:2027-05-01}.
- Problem details for all 4xx of the billing API.

## October 2026

- Bulk cancel for pick orders, up to 500 ids.
- **Deprecated:** \`GET /v1/robots/positions\`; use the stream.

## September 2026

- Cursor paging everywhere; \`offset\` is ignored and warned about.
`),
          `<p><ac:link ac:anchor="top"><ac:plain-text-link-body><![CDATA[Back to top]]></ac:plain-text-link-body></ac:link></p>`,
        ],
      }),
    ],
  });
