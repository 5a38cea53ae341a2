/** The Engineering space: its home, drafts and blog, and the tree of areas kept in the files beside this one. */
import { pageMaker, postMaker } from '../make.ts';
import { prose } from '../prose.ts';
import { macro } from '../storage.ts';
import type { DemoPage, DemoSpace } from '../types.ts';
import { apiDocs } from './engineering-api.ts';
import { decisionRecords } from './engineering-decisions.ts';
import { deployGuide, observability } from './engineering-guides.ts';
import { hardware } from './engineering-hardware.ts';
import { practice } from './engineering-practice.ts';
import { runbooks } from './engineering-runbooks.ts';
import { looseNotes, rackSurvey } from './upkeep.ts';

const page = pageMaker('ENG');
const post = postMaker('ENG');

const deployment = () =>
  page({
    title: 'Deployment',
    by: 'raj',
    at: 77,
    labels: ['deployment'],
    body: prose(
      'Guides for the services that are deployed by hand or half by hand. Everything else goes through the pipeline.',
    ),
    children: [
      deployGuide(),
      page({
        title: 'Deploying the Fleet Gateway',
        by: 'hana',
        at: 45,
        labels: ['deployment', 'guide'],
        body: prose(
          '## Deployment steps\n\n1. Agree a window with the site.\n2. Hold all robots: `platctl robots hold --site oslo-2`.\n3. Swap to the spare gateway, upgrade, swap back.\n4. Release the robots in groups of ten.\n\n## Rollback Procedures\n\nThe spare still runs the version before. `platctl gateway swap` brings it back within 40 seconds.',
        ),
      }),
      page({
        title: 'Deploying the Console',
        by: 'marcus',
        at: 102,
        labels: ['deployment', 'guide'],
        body: prose(
          'Merge to `main` and wait six minutes. To go back, press *Rollback* in the pipeline. Static files of the last five releases stay available, so that open browser tabs go on working.',
        ),
      }),
    ],
  });

const drafts = (): DemoPage[] => [
  page({
    title: 'Game day: losing a gateway',
    status: 'draft',
    by: 'ada',
    at: 1.4,
    body: prose(
      '## Idea\n\nWe switch off the gateway of the test site during a tour for customers.\n\n## Open\n\n- Who tells the customers?',
    ),
  }),
  page({
    title: 'Budget for test robots 2027',
    status: 'draft',
    by: 'ada',
    at: 19,
    body: prose(
      'Six robots instead of four. Cost: 214,000 EUR, of which 60,000 come back at the end of the lease.',
    ),
  }),
  page({
    title: 'Webhook retries, second thoughts',
    status: 'draft',
    by: 'ben',
    at: 0.8,
    body: prose(
      'Five attempts are too few for customers with night maintenance. Proposal: eight, over 72 hours.',
    ),
  }),
  page({
    title: 'Flag clean-up in autumn',
    status: 'draft',
    by: 'ben',
    at: 33,
    body: prose('41 flags are older than half a year. Delete all that are on everywhere.'),
  }),
  page({
    title: 'Planner rewrite notes',
    status: 'draft',
    by: 'noah',
    at: 12,
    body: prose('Not ready to be read by anybody else.'),
  }),
];

export const engineering = (): DemoSpace => ({
  id: '1001',
  key: 'ENG',
  name: 'Engineering',
  type: 'global',
  description: 'How we build and run the software and firmware of Halden Robotics.',
  author: 'priya',
  watchedBy: ['ada', 'lars'],
  createdAt: 900,
  labels: ['engineering'],
  homepage: page({
    title: 'Engineering Home',
    by: 'priya',
    at: 31,
    perWeek: 34,
    body: [
      prose(
        'Start here. The areas below have an owner each.\n\n| Area | Owner |\n| [[API Documentation]] | @lars |\n| [[Runbooks]] | @lars |\n| [[Observability]] | @priya |\n| [[Architecture decisions]] | @priya |\n| [[Hardware and firmware]] | @mei |\n| [[How we work]] | @elena |',
      ),
      macro('pagetree', { root: '@home', startDepth: '1', sort: 'natural' }),
      macro('recently-updated', { spaces: 'ENG', max: '8' }),
    ],
    children: [
      apiDocs(),
      observability(),
      deployment(),
      runbooks(),
      decisionRecords(),
      practice(),
      hardware(),
      ...drafts(),
      rackSurvey(),
    ],
  }),
  topPages: [looseNotes()],
  blogPosts: [
    post({
      title: 'Robots speak MQTT 5',
      by: 'hana',
      at: 40,
      labels: ['fleet'],
      body: prose(
        'Oslo 2 is the first site where every robot speaks MQTT 5. Lost commands fell from 31 a day to 2. See [[ADR 26: Robots speak MQTT 5]].',
      ),
    }),
    post({
      title: 'What 61 GB of logs taught us',
      by: 'victor',
      at: 26,
      labels: ['observability'],
      body: prose(
        'We cut the volume of the fleet gateway by 85% and found two faults on the way: a robot that roamed 9,000 times a night, and a clock that was a year ahead.',
      ),
    }),
    post({
      title: 'Guild meeting, October',
      by: 'lars',
      at: 36,
      labels: ['api'],
      body: prose(
        'Topics: limits for each client, webhooks instead of polling, and how long we keep old versions. Notes are with the guild.',
      ),
      comments: [{ by: 'ben', at: 35, text: 'Could the notes be public?' }],
    }),
    post({
      title: 'A planner without a global lock',
      by: 'noah',
      at: 79,
      labels: ['fleet'],
      body: prose(
        'Planning time fell from 640 ms to 210 ms at 600 robots. The lock had been there since the first prototype, with a comment: *remove soon*.',
      ),
    }),
    post({
      title: 'Firmware 7.4 is out',
      by: 'mei',
      at: 11,
      labels: ['firmware'],
      body: prose('Faster charging, calmer fans, and the wheels lock on hold. 日本語の案内もあります。'),
    }),
  ],
});
