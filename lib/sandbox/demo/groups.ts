import { uuid } from './ids.ts';
import { PEOPLE } from './people.ts';
import type { DemoGroup } from './types.ts';

const group = (name: string, members: string[]): DemoGroup => ({ id: uuid(`group ${name}`), name, members });

/** People who write code; the group `dev-team` is the same people under the name they use themselves. */
const DEVELOPERS = ['priya', 'ben', 'lars', 'mei', 'raj', 'kwame', 'hana', 'noah', 'elena', 'victor'];

/** Groups of Halden Robotics. */
export const ROBOTICS_GROUPS: DemoGroup[] = [
  group('site-admins', ['ada']),
  group(
    'confluence-users',
    PEOPLE.map((person) => person.key),
  ),
  group('Engineering', DEVELOPERS),
  group('dev-team', DEVELOPERS),
  group('Contractors', ['john', 'zoe', 'nadia', 'tomas']),
  group('HR', ['jane', 'grace', 'janet']),
  group('Marketing', ['chloe', 'sofia', 'liam', 'fatima', 'ben']),
  group('Product', ['ingrid', 'oliver', 'ada', 'marcus']),
  group('IT', ['amira', 'marcus', 'ada']),
  group('Customer Success', ['fatima', 'tomas', 'liam', 'amira']),
  group('Leadership', ['ada', 'ingrid', 'jane', 'oliver']),
];

/** Who is on the small second site. */
export const LABS_PEOPLE = ['ada', 'priya', 'mei', 'noah', 'elena'];

/** Groups of Halden Labs. */
export const LABS_GROUPS: DemoGroup[] = [
  { ...group('site-admins', ['ada']), id: uuid('labs group site-admins') },
  { ...group('confluence-users', LABS_PEOPLE), id: uuid('labs group confluence-users') },
  group('Researchers', ['priya', 'mei', 'noah', 'elena']),
];
