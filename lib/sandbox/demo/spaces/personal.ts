/** Personal spaces of Ada and Ben. */
import { pageMaker } from '../make.ts';
import { personOf } from '../people.ts';
import { prose } from '../prose.ts';
import type { DemoPage, DemoSpace } from '../types.ts';

/** The key of a personal space as Confluence makes it from the account id. */
const personalKey = (key: string) => `~${personOf(key).accountId.replace(/[:-]/g, '')}`;

function personal(
  id: string,
  key: string,
  createdAt: number,
  children: (make: ReturnType<typeof pageMaker>) => DemoPage[],
): DemoSpace {
  const make = pageMaker(`personal ${key}`);
  const { name } = personOf(key);
  return {
    id,
    key: personalKey(key),
    name,
    type: 'personal',
    author: key,
    createdAt,
    visibleTo: { people: [key] },
    writableBy: { people: [key] },
    homepage: make({
      title: `${name} Home`,
      by: key,
      at: createdAt - 1,
      perWeek: 1,
      body: prose('Notes to myself.'),
      children: children(make),
    }),
  };
}

export const personalSpaces = (): DemoSpace[] => [
  personal('1011', 'ada', 420, (make) => [
    make({
      title: 'Questions for the board',
      by: 'ada',
      at: 16,
      body: prose(
        '1. Second source for cells\n2. Price of line billing in Japan\n3. Arms: when do we stop or go?',
      ),
    }),
    make({
      title: 'Reading notes',
      by: 'ada',
      at: 120,
      body: prose('> Make it easy to say: I was wrong.'),
      children: [
        make({
          title: 'Reading notes: queues',
          by: 'ada',
          at: 110,
          body: prose('Little’s law fits on a napkin: L = λ · W.'),
        }),
      ],
    }),
  ]),
  personal('1012', 'ben', 260, (make) => [
    make({
      title: 'My runbook gaps',
      by: 'ben',
      at: 7.2,
      body: prose('- billing: what to do when the canary fails\n- planner: where is the map of knots?'),
    }),
    make({ title: 'Talk ideas', by: 'ben', at: 84, body: prose('- flags in git\n- webhooks without tears') }),
  ]),
];
