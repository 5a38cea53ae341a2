/** Team meeting notes of Marketing, one page a week, with tasks and "Action:" lines. */
import { pageMaker } from '../make.ts';
import { prose } from '../prose.ts';
import type { DemoPage } from '../types.ts';

const page = pageMaker('MKT');

type Meeting = { date: string; at: number; by: string; text: string };

const MEETINGS: Meeting[] = [
  {
    date: '2026-11-16',
    at: 4.1,
    by: 'chloe',
    text: `
## Attendees

@chloe @sofia @liam @fatima @ben

## Discussion

- The Rotterdam film will be shown on 10 December, if the last interview takes place this week.
- Line billing: 19 companies asked for prices after the post; sales answered 12 of them.
- The Japanese site brings 8% of all visits, twice the plan.
- Budget left for the year: 21,400 EUR.

## Decisions

- We move the winter newsletter to 3 December, before the peak days.
- No fair in January.

## Action items

- [ ] @liam get the interview with the site manager {date:2026-11-26}
- [ ] @sofia answer the seven open price questions with sales {date:2026-11-20}
- [ ] @fatima cancel the stand in Lyon {date:2026-11-24}
- [x] @chloe publish the numbers of October
`,
  },
  {
    date: '2026-11-09',
    at: 11.1,
    by: 'sofia',
    text: `
## Attendees

@chloe @sofia @liam

## Discussion

- The landing page for line billing converts at 3.1%; the shorter form won.
- Press asks about the certificates incident. We answer with the published review and nothing more.

## Action items

- [x] @sofia switch everybody to the short form
- [ ] @liam write the answer for the press list

Action: Chloé asks finance for the final budget by Friday.
`,
  },
  {
    date: '2026-11-02',
    at: 18.1,
    by: 'liam',
    text: `
## Attendees

@chloe @liam @fatima

## Discussion

- Film: first cut seen, too long by a minute.
- Fair calendar for 2027 has nine candidates; we can afford four.

## Action items

- [x] @liam cut the film to four minutes
- [ ] @fatima rank the nine fairs by cost for each lead {date:2026-12-01}
`,
  },
  {
    date: '2026-10-26',
    at: 25.1,
    by: 'chloe',
    text: `
## Discussion

- 134 leads in the third quarter; 41 are in talks.
- We need one owner for each language.

Action: @chloe names owners for French, German and Japanese.

Action: @mei reviews the glossary, due {date:2026-11-13}.
`,
  },
  {
    date: '2026-10-19',
    at: 32.1,
    by: 'sofia',
    text: `
## Discussion

- Retro of the quarter, see [[Q3 Marketing Retro]].
- The old documentation is still linked from six campaign pages.

## Action items

- [ ] @sofia replace links to the old documentation
- [x] @liam thank the Rotterdam crew
`,
  },
];

const EARLIER: [date: string, at: number, by: string, point: string, action: string][] = [
  [
    '2026-10-12',
    39.1,
    'chloe',
    'Webinar for night shifts had 143 people.',
    'Action: @chloe sends the recording to all who registered',
  ],
  [
    '2026-10-05',
    46.1,
    'liam',
    'The film crew wants a second day in Rotterdam.',
    'Action: @liam asks for the price of a second day',
  ],
  [
    '2026-09-28',
    53.1,
    'sofia',
    'Launch of line billing for selected customers on Wednesday.',
    'Action: @sofia gets the last approval from Product',
  ],
  [
    '2026-09-21',
    60.1,
    'fatima',
    'Nagoya: 61 talks, follow-up within two weeks.',
    'Action: @fatima writes to all contacts by {date:2026-10-02}',
  ],
  [
    '2026-09-14',
    67.1,
    'chloe',
    'Incident at three sites this morning; no posts today.',
    'Action: nobody posts before the all clear',
  ],
  [
    '2026-09-07',
    74.1,
    'sofia',
    'Message test: “pay for picks” beats “robots by the line” 64 to 36.',
    'Action: @sofia rewrites the landing page',
  ],
  [
    '2026-08-31',
    81.1,
    'liam',
    'Filming is done, 11 hours of material.',
    'Action: @liam makes a first selection',
  ],
];

export const teamNotes = (): DemoPage =>
  page({
    title: 'Team meeting notes',
    by: 'chloe',
    at: 100,
    labels: ['meeting-notes'],
    body: prose(
      'Mondays at 13:00 UTC. The newest page is at the top of the tree; actions are tasks where possible.',
    ),
    children: [
      ...MEETINGS.map((meeting) =>
        page({
          title: `Team meeting notes ${meeting.date}`,
          by: meeting.by,
          at: meeting.at,
          labels: ['meeting-notes', 'marketing'],
          body: prose(meeting.text),
        }),
      ),
      ...EARLIER.map(([date, at, by, point, action]) =>
        page({
          title: `Team meeting notes ${date}`,
          by,
          at,
          labels: ['meeting-notes', 'marketing'],
          body: prose(`## Discussion\n\n- ${point}\n\n${action}`),
        }),
      ),
    ],
  });
