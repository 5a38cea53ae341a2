/** The second site, Halden Labs: two small spaces. */
import { csv } from '../files.ts';
import { pageMaker, postMaker } from '../make.ts';
import { prose } from '../prose.ts';
import { status, table, td, th } from '../storage.ts';
import type { DemoSpace } from '../types.ts';

const arm = pageMaker('ARM');
const lab = pageMaker('LAB');
const post = postMaker('LAB');

export const labsSpaces = (): DemoSpace[] => [
  {
    id: '5001',
    key: 'LAB',
    name: 'Lab Notebook',
    type: 'global',
    description: 'Experiments, one page each.',
    anonymous: true,
    author: 'priya',
    createdAt: 400,
    homepage: lab({
      title: 'Lab Notebook Home',
      by: 'priya',
      at: 70,
      body: prose('An experiment without a page did not happen.'),
      children: [
        lab({
          title: 'Experiment 41: grip by suction',
          by: 'mei',
          at: 28,
          labels: ['experiment'],
          history: [
            { by: 'mei', at: 31, body: prose('## Question\n\nCan one cup size hold 80% of articles?') },
          ],
          body: [
            prose('## Question\n\nCan one cup size hold 80% of articles?\n\n## Result'),
            table([
              [th('Cup'), th('Held')],
              [td('20 mm'), td('63%')],
              [td('32 mm'), td(`81% ${status('Green', 'YES')}`)],
              [td('45 mm'), td('77%')],
            ]),
          ],
          files: [
            {
              name: 'experiment-41.csv',
              content: csv([
                ['cup_mm', 'held_percent'],
                [20, 63],
                [32, 81],
                [45, 77],
              ]),
            },
          ],
          comments: [{ by: 'ada', at: 20, text: 'Does this include plastic bags?' }],
        }),
        lab({
          title: 'Experiment 42: two robots, one shelf',
          by: 'noah',
          at: 6,
          labels: ['experiment'],
          body: prose(
            'Two robots may share a shelf if they talk directly; over the gateway the delay of 80 ms is too long.\n\n- [ ] repeat with 40 ms @noah {date:2026-12-03}',
          ),
        }),
      ],
    }),
    blogPosts: [
      post({
        title: 'The arm picks a lamp',
        by: 'elena',
        at: 15,
        body: prose(
          'On the ninth try, without breaking it. The first eight lamps are thanked for their service.',
        ),
      }),
    ],
  },
  {
    id: '5002',
    key: 'ARM',
    name: 'Arm Project',
    type: 'collaboration',
    author: 'mei',
    createdAt: 230,
    homepage: arm({
      title: 'Arm Project Home',
      by: 'mei',
      at: 55,
      body: prose('A robot with an arm, for articles below 4 kg.'),
      children: [
        arm({
          title: 'Arm roadmap',
          by: 'mei',
          at: 44,
          labels: ['roadmap'],
          body: prose(
            '| Step | When |\n| 80% of articles | {date:2026-12-15} |\n| first customer | {date:2027-06-30} |',
          ),
        }),
        arm({
          title: 'Safety case for the arm',
          by: 'elena',
          at: 19,
          body: prose(
            'The arm stops within 90 mm at full speed. A person is seen by two sensors of different kinds.',
          ),
        }),
      ],
    }),
  },
];
