/** The blog of the Marketing space. */
import type { postMaker } from '../make.ts';
import { prose } from '../prose.ts';
import type { DemoBlogPost } from '../types.ts';

type Row = [title: string, by: string, at: number, labels: string[], text: string];

const ROWS: Row[] = [
  [
    'Four days in Nagoya',
    'fatima',
    68,
    ['events'],
    'Sixty-one talks, two robots, one broken wheel. Visitors asked less about speed than about what happens **when a robot stops**. The answer that worked best: show it. We pressed the red button 212 times.',
  ],
  [
    'Pay for picks, not for robots',
    'sofia',
    52,
    ['campaign', 'billing'],
    'Line billing is open to selected customers. What changes for a warehouse: quiet months cost less, peak months a little more, and the invoice shows every picked line.',
  ],
  [
    'Our website speaks Japanese',
    'chloe',
    81,
    ['website'],
    'ようこそ！ All product pages are now available in Japanese. Thanks to Mei, who read every line twice.',
  ],
  [
    'Why our robots wait at corners',
    'liam',
    158,
    ['story'],
    'A robot that meets a person at a blind corner stops for 1.2 seconds. It costs 40 picks a day in an average site. We think that is a good price.',
  ],
  [
    'The newsletter has 4,000 readers',
    'liam',
    187,
    ['newsletter'],
    'Since March the list has grown by a third. The most read item was the shortest: how to clean a sensor with a glasses cloth.',
  ],
  [
    'LogiMAT in numbers',
    'fatima',
    241,
    ['events'],
    'Stand 8B41: 96 talks, 38 leads, 5 visits agreed. The live robot drove 71 km on a carpet.',
  ],
  [
    'A film in the making',
    'liam',
    29,
    ['campaign'],
    'The Rotterdam film is nearly there. See the notes in [[Campaign: Rotterdam story]].',
  ],
  [
    'New faces in the team',
    'chloe',
    214,
    ['people'],
    'Welcome to Fatima, who looks after events from Riyadh, and to Liam, who came from the newspaper.',
  ],
];

export const marketingPosts = (post: ReturnType<typeof postMaker>): DemoBlogPost[] =>
  ROWS.map(([title, by, at, labels, text]) => post({ title, by, at, labels, body: prose(text), perWeek: 6 }));
