/** Marketing: roadmaps, campaigns, team meeting notes. */
import { csv, png } from '../files.ts';
import { pageMaker, postMaker } from '../make.ts';
import { prose } from '../prose.ts';
import { box, emoji, image, layout, macro, p, section, toc } from '../storage.ts';
import type { DemoSpace } from '../types.ts';
import { marketingPosts } from './marketing-posts.ts';
import { teamNotes } from './team-notes.ts';
import { pressKit, pressKitFirst } from './upkeep.ts';

const page = pageMaker('MKT');
const post = postMaker('MKT');

const roadmap = () =>
  page({
    title: 'Q3 Marketing Roadmap',
    by: 'chloe',
    at: 21.5,
    perWeek: 38,
    message: 'LogiMAT results',
    labels: ['roadmap', 'marketing', 'q3'],
    history: [
      {
        by: 'chloe',
        at: 152,
        body: prose(
          '## Goals\n\n1. 120 qualified leads from third-party logistics\n2. Rotterdam as a public reference',
        ),
      },
      {
        by: 'sofia',
        at: 124,
        body: prose(
          '## Goals\n\n1. 120 qualified leads from third-party logistics\n2. Rotterdam as a public reference\n3. Website in Japanese\n\n## Campaigns\n\nTo come.',
        ),
      },
    ],
    body: [
      toc({ maxLevel: '2' }),
      prose(`
## Goals of the third quarter

1. 120 qualified leads from third-party logistics (reached: 134)
2. Rotterdam as a public reference with film and numbers
3. The website in Japanese before the fair in Nagoya

## Campaigns

| Campaign | July | August | September | Owner | State |
| Pay by the line | message test | landing page | launch | @sofia | {status:Green|LIVE} |
| Rotterdam story | contract | filming | edit | @liam | {status:Yellow|LATE} |
| Nagoya fair | stand | translation | fair, 8 to 11 | @fatima | {status:Green|DONE} |
| Night shift console | - | webinar | second webinar | @chloe | {status:Green|DONE} |

## Budget

310,000 EUR, of which {mark:roadmap-budget|42% for the fair}. Details are in the attached sheet.
`),
      layout([
        section('two_left_sidebar', [
          box(
            'tip',
            p(`One message at a time: <strong>pay for picks, not for robots</strong> ${emoji('rocket')}`),
          ),
          image('q3-campaign-map.png', { caption: 'Campaigns by week', width: 560, height: 200 }),
        ]),
      ]),
      prose(
        '## Risks\n\n- The Rotterdam customer must approve every number.\n- Two people are away in August.\n\nHow it went is in [[Q3 Marketing Retro]].',
      ),
    ],
    files: [
      { name: 'q3-campaign-map.png', content: png(280, 100, 0xff5630) },
      {
        name: 'q3-budget.csv',
        content: csv([
          ['line', 'eur'],
          ['Nagoya fair', 130_200],
          ['Film', 64_000],
          ['Online', 88_300],
          ['Reserve', 27_500],
        ]),
      },
    ],
    comments: [
      {
        by: 'ingrid',
        at: 100,
        resolved: true,
        text: 'Line billing will not be open to everybody in September. Please soften the launch text.',
        replies: [{ by: 'sofia', at: 99, text: 'Changed to “for selected customers”.' }],
      },
      { by: 'liam', at: 25, text: 'The film needs two more weeks, the customer wants another interview.' },
    ],
  });

export const marketing = (): DemoSpace => ({
  id: '1004',
  key: 'MKT',
  name: 'Marketing',
  type: 'global',
  description: 'Campaigns, fairs, words and pictures.',
  author: 'chloe',
  createdAt: 700,
  labels: ['marketing'],
  homepage: page({
    title: 'Marketing Home',
    by: 'chloe',
    at: 54,
    perWeek: 12,
    body: [
      prose('What we say, to whom, and when. New here? Read [[Voice and tone]] first.'),
      macro('blog-posts', { spaces: 'MKT', max: '5' }),
      macro('children', { depth: '1' }),
    ],
    children: [
      page({
        title: 'Marketing roadmaps',
        by: 'chloe',
        at: 140,
        labels: ['roadmap'],
        body: prose('One page for each quarter, written in the last week of the quarter before.'),
        children: [
          page({
            title: 'Q1 Marketing Roadmap',
            by: 'chloe',
            at: 312,
            labels: ['roadmap', 'marketing', 'q1'],
            body: prose(
              '## Goals\n\n1. New website\n2. Reference Oslo\n\n| Campaign | Owner |\n| Charger reliability | @sofia |\n| Website relaunch | @chloe |',
            ),
          }),
          page({
            title: 'Q2 Marketing Roadmap',
            by: 'chloe',
            at: 226,
            perWeek: 5,
            labels: ['roadmap', 'marketing', 'q2'],
            body: prose(
              '## Goals of the second quarter\n\n1. 90 qualified leads\n2. LogiMAT stand with a live robot\n3. Newsletter every second week\n\n| Campaign | Owner | State |\n| LogiMAT | @fatima | {status:Green|DONE} |\n| Nagoya preview | @fatima | {status:Green|DONE} |\n| Newsletter | @liam | {status:Green|LIVE} |',
            ),
          }),
          roadmap(),
          page({
            title: 'Q3 Marketing Retro',
            by: 'sofia',
            at: 46,
            labels: ['retro', 'marketing', 'q3'],
            body: prose(
              '## Went well\n\n- 134 leads instead of 120.\n- The fair: 61 talks in four days.\n\n## Went badly\n\n- The Rotterdam film is late.\n- Nobody owned the Japanese glossary.\n\n## Try next\n\n- [ ] one owner for each language @chloe {date:2026-11-30}\n- [x] film contracts before filming @liam',
            ),
          }),
          page({
            title: 'Q3 event calendar',
            by: 'fatima',
            at: 88,
            labels: ['events', 'q3'],
            body: prose(
              '| Event | Where | When | Stand |\n| Warehouse Days | Hamburg | {date:2026-07-14} | no |\n| Nagoya Logistics Fair | Nagoya | {date:2026-09-08} | B-214 |\n| Robots in Retail | London | {date:2026-09-22} | talk only |',
            ),
          }),
        ],
      }),
      page({
        title: 'Campaigns',
        by: 'sofia',
        at: 84,
        labels: ['campaign'],
        body: macro('contentbylabel', {
          cql: 'label = "campaign" and space = "MKT"',
          showLabels: 'true',
          max: '15',
          showSpace: 'false',
        }),
        children: [
          page({
            title: 'Campaign: Pay by the line',
            by: 'sofia',
            at: 39,
            labels: ['campaign'],
            body: prose(
              '**Promise:** you pay for picks, not for robots.\n\n**Proof:** three pilots paid 11% less in quiet months and 4% more at peak.\n\n**Do not say:** cheaper. It is not, it is fairer.\n\nThe numbers come from [the pricing guide](https://docs.halden-old.example/pricing/line-billing).',
            ),
          }),
          page({
            title: 'Campaign: Rotterdam story',
            by: 'liam',
            at: 13,
            labels: ['campaign'],
            body: prose(
              'A film of four minutes and a page with six numbers. Filming ended on 29 August; the edit waits for one interview.\n\n- [x] drone permit @liam\n- [ ] interview with the site manager @liam {date:2026-11-26}\n- [ ] approval of all numbers @fatima {date:2026-12-03}',
            ),
          }),
          page({
            title: 'Campaign: Night shift console',
            by: 'chloe',
            at: 76,
            labels: ['campaign'],
            body: prose(
              'Two webinars, 88 and 143 people. The recording of the second is linked from the product page; 31 asked for a demonstration.',
            ),
          }),
        ],
      }),
      teamNotes(),
      page({
        title: 'Brand',
        by: 'sofia',
        at: 175,
        body: prose('Words, colours, pictures.'),
        children: [
          page({
            title: 'Voice and tone',
            by: 'sofia',
            at: 171,
            perWeek: 9,
            update: { people: ['sofia', 'chloe'] },
            labels: ['brand'],
            body: prose(
              'We write as we would speak to the manager of a warehouse: short, concrete, without promises.\n\n| Write | Not |\n| The robot waits. | The robot enters an idle paradigm. |\n| 18 minutes | lightning fast |\n| we were wrong | issues were experienced |',
            ),
          }),
          page({
            title: 'Logo and colours',
            by: 'sofia',
            at: 233,
            labels: ['brand'],
            body: [
              prose(
                'Halden blue is `#0052CC`, safety orange `#FF5630`. The logo keeps a margin of one wheel on each side.',
              ),
              image('halden-logo.png', { width: 200, height: 80, border: false }),
            ],
            files: [
              { name: 'halden-logo.png', content: png(100, 40, 0x0052cc) },
              {
                name: 'palette.json',
                content: '{\n  "halden-blue": "#0052CC",\n  "safety-orange": "#FF5630"\n}\n',
              },
            ],
          }),
          page({
            title: 'Glossary for translators',
            by: 'mei',
            at: 32,
            labels: ['brand', 'translation'],
            body: prose(
              '| English | Japanese | French |\n| pick | ピッキング | prélèvement |\n| charging dock | 充電ドック | station de charge |\n| line (of an order) | 明細行 | ligne de commande |',
            ),
          }),
        ],
      }),
      page({
        title: 'Press contacts',
        by: 'liam',
        at: 91,
        labels: ['press'],
        body: prose(
          'All questions go to press@halden.example. @liam answers within four hours on working days; nobody else speaks to the press.',
        ),
      }),
      pressKitFirst(),
      pressKit(),
    ],
  }),
  blogPosts: marketingPosts(post),
});
