/** Weekly notes of Product Ops. Some follow up with tasks, some with plain "Action:" lines, as people do. */
import { pageMaker } from '../make.ts';
import { prose } from '../prose.ts';
import type { DemoPage } from '../types.ts';

const page = pageMaker('PROD');

type Week = { date: string; at: number; by: string; present: string; points: string[]; actions: string[] };

const WEEKS: Week[] = [
  {
    date: '2026-11-18',
    at: 2.6,
    by: 'oliver',
    present: '@ingrid @oliver @marcus @raj',
    points: [
      'Release 4.19 stays on 2 December; the freeze for peak days was checked.',
      'Usage by 06:00 fails on Mondays: the export waits for the weekly backup.',
    ],
    actions: [
      'Action: @raj moves the backup to Sunday night, by {date:2026-11-25}',
      'Action: @marcus tells the night crews about the new alarm groups',
    ],
  },
  {
    date: '2026-11-11',
    at: 9.6,
    by: 'oliver',
    present: '@ingrid @oliver @raj',
    points: [
      'Dunning: finance wants 10 days of grace, sales 21.',
      'Charging reached 18.4 minutes with the new firmware.',
    ],
    actions: [
      'Action: @ingrid decides on the grace period by {date:2026-11-28}',
      'Action: @oliver asks three customers what they expect',
    ],
  },
  {
    date: '2026-11-04',
    at: 16.6,
    by: 'marcus',
    present: '@ingrid @marcus @lars',
    points: [
      'Gateways for more than 600 robots need a second radio.',
      'The console translation into Japanese is complete.',
    ],
    actions: ['Action: @lars orders four radios', 'Action: Marcus to thank the Nagoya team'],
  },
  {
    date: '2026-10-28',
    at: 23.6,
    by: 'oliver',
    present: '@ingrid @oliver @raj @marcus',
    points: [
      'Credits by finance work in staging.',
      'Two tenants ask for purchase order numbers on invoices.',
    ],
    actions: ['Action: @raj estimates the purchase order field', 'ACTION - Ingrid: write to both tenants'],
  },
  {
    date: '2026-10-21',
    at: 30.6,
    by: 'ingrid',
    present: '@ingrid @oliver',
    points: ['The review of the quarter is published.', 'We drop the fourth theme again.'],
    actions: ['Action: @oliver closes the Q3 board'],
  },
];

const MORE: [date: string, at: number, topic: string, action: string][] = [
  [
    '2026-10-14',
    37.6,
    'Tenants may choose the day of their invoice.',
    'Action: @raj checks the ledger for month ends',
  ],
  [
    '2026-10-07',
    44.6,
    'After the double charges we pause line billing for new tenants for two weeks.',
    'Action: @ingrid informs the pilots today',
  ],
  ['2026-09-30', 51.6, 'Review of Q3 with all leads.', 'Action: @oliver writes it up by Friday'],
  [
    '2026-09-23',
    58.6,
    'Rotterdam is live; 12 robots still wait for tyres.',
    'Action: @marcus chases the supplier',
  ],
  [
    '2026-09-16',
    65.6,
    'Certificates expired on Monday; see the incident review.',
    'Action: @lars presents the review next week',
  ],
  [
    '2026-09-09',
    72.6,
    'Price changes inside a period: we show two lines.',
    'Action: @ingrid updates the requirements',
  ],
  [
    '2026-09-02',
    79.6,
    'Console 2026.9 goes out without the map of heat.',
    'Action: @marcus moves it to 2026.12',
  ],
];

export const productNotes = (): DemoPage =>
  page({
    title: 'Product Ops weekly notes',
    by: 'oliver',
    at: 95,
    labels: ['meeting-notes'],
    body: prose(
      'Every Wednesday at 09:30 UTC. Notes are written during the meeting and never corrected afterwards.',
    ),
    children: [
      ...WEEKS.map((week) =>
        page({
          title: `Product Ops weekly ${week.date}`,
          by: week.by,
          at: week.at,
          labels: ['meeting-notes'],
          body: prose(
            `## Present\n\n${week.present}\n\n## Notes\n\n${week.points.map((point) => `- ${point}`).join('\n')}\n\n## Follow-up\n\n${week.actions.join('\n\n')}`,
          ),
        }),
      ),
      ...MORE.map(([date, at, topic, action]) =>
        page({
          title: `Product Ops weekly ${date}`,
          by: 'oliver',
          at,
          labels: ['meeting-notes'],
          body: prose(`## Notes\n\n- ${topic}\n\n## Follow-up\n\n${action}`),
        }),
      ),
    ],
  });
