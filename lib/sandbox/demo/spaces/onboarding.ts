/** Onboarding: what a new colleague reads in the first weeks. */
import { pageMaker } from '../make.ts';
import { prose } from '../prose.ts';
import type { DemoSpace } from '../types.ts';

const page = pageMaker('ONB');

export const onboarding = (): DemoSpace => ({
  id: '2005',
  key: 'ONB',
  name: 'Onboarding',
  type: 'global',
  description: 'The first ninety days at Halden.',
  author: 'grace',
  createdAt: 610,
  homepage: page({
    title: 'Onboarding Home',
    by: 'grace',
    at: 23,
    perWeek: 25,
    body: prose('Welcome to Halden.'),
    children: [],
  }),
});
