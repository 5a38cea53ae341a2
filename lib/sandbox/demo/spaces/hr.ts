/** HR: seen by the group HR and by Ada alone. */
import { csv } from '../files.ts';
import { pageMaker, postMaker } from '../make.ts';
import { prose } from '../prose.ts';
import { box, macro, p } from '../storage.ts';
import type { DemoSpace } from '../types.ts';
import { type Policy, policyPage } from './policy.ts';

const page = pageMaker('HR');
const post = postMaker('HR');

const POLICIES: Policy[] = [
  {
    title: 'Leave Policy',
    by: 'jane',
    at: 135,
    owner: 'jane',
    review: '2027-01-15',
    purpose: 'Everybody rests, and the team can plan.',
    scope: 'All employees; contractors follow their contract.',
    rules: [
      '28 days a year, wherever you live, or more if your country says so.',
      'At least ten days in a row once a year.',
      'Ask two weeks before; silence after three days means yes.',
    ],
    exceptions: 'Peak weeks need the agreement of the lead.',
  },
  {
    title: 'Travel and Expense Policy',
    by: 'janet',
    at: 79,
    owner: 'janet',
    review: '2026-12-31',
    purpose: 'Spend company money as if it were yours, and get it back fast.',
    scope: 'Trips, meals, small purchases.',
    rules: [
      'Train before plane below five hours.',
      'Hotels up to 160 EUR a night; Tokyo and London up to 220.',
      'Receipts within 30 days, paid back within ten.',
      'Alcohol is private.',
    ],
  },
  {
    title: 'Parental Leave Policy',
    by: 'grace',
    at: 218,
    owner: 'jane',
    review: '2027-03-20',
    purpose: 'Parents get time, whatever the law of their country.',
    scope: 'Every parent, also by adoption.',
    rules: [
      '20 weeks at full pay within two years.',
      'Return to the same work.',
      'Three months of 80% at full pay afterwards.',
    ],
  },
  {
    title: 'Code of Conduct',
    by: 'jane',
    at: 190,
    owner: 'jane',
    review: '2027-05-01',
    purpose: 'We are kind, also under pressure.',
    scope: 'Everybody, everywhere we meet.',
    rules: [
      'No harassment, no jokes at the cost of others.',
      'Gifts above 50 EUR are declined.',
      'Conflicts of interest are named early.',
    ],
    warning: 'Complaints go to any member of HR or to the outside ombudswoman; her number is on the wall.',
  },
  {
    title: 'Remote Work Policy',
    by: 'grace',
    at: 104,
    owner: 'grace',
    review: '2026-12-12',
    purpose: 'Work where you work best.',
    scope: 'All who do not work with their hands on robots.',
    rules: [
      'Four hours overlap with your team.',
      'Other countries up to 60 days a year, after a question to HR.',
      'A desk and a chair are paid, up to 900 EUR.',
    ],
  },
  {
    title: 'Speaking Up Policy',
    by: 'janet',
    at: 239,
    owner: 'jane',
    review: '2027-02-28',
    purpose: 'Who reports a wrong is protected.',
    scope: 'Employees, contractors, suppliers.',
    rules: [
      'Reports may be anonymous.',
      'An answer comes within seven days.',
      'Revenge is a reason for dismissal.',
    ],
  },
  {
    title: 'Training Budget Policy',
    by: 'grace',
    at: 53,
    owner: 'grace',
    review: '2027-01-05',
    purpose: 'Everybody learns something each year.',
    scope: 'Employees after the first ninety days.',
    rules: [
      '1,500 EUR and five days a year.',
      'Say afterwards in ten minutes what you learned.',
      'Unused money is not carried over.',
    ],
  },
];

export const hr = (): DemoSpace => ({
  id: '1006',
  key: 'HR',
  name: 'HR',
  type: 'global',
  description: 'People matters. Visible to HR.',
  author: 'jane',
  createdAt: 690,
  labels: ['people'],
  visibleTo: { people: ['ada'], groups: ['HR'] },
  writableBy: { people: ['ada'], groups: ['HR'] },
  homepage: page({
    title: 'HR Home',
    by: 'jane',
    at: 44,
    perWeek: 6,
    body: [
      box('note', p('What is here stays here. Public versions of policies are sent to everybody by mail.')),
      macro('children', { depth: '2' }),
    ],
    children: [
      page({
        title: 'HR policies',
        by: 'jane',
        at: 52,
        labels: ['policies-index'],
        body: macro('contentbylabel', {
          cql: 'label = "policy" and space = "HR"',
          max: '30',
          showLabels: 'false',
          showSpace: 'false',
        }),
        children: POLICIES.map((policy) => policyPage('HR', policy)),
      }),
      page({
        title: 'Salary bands 2026',
        by: 'jane',
        at: 170,
        labels: ['confidential'],
        read: { people: ['ada'], groups: ['HR'] },
        body: prose(
          '| Level | From | To |\n| 1 | 46,000 | 58,000 |\n| 2 | 56,000 | 72,000 |\n| 3 | 70,000 | 92,000 |\n| 4 | 90,000 | 118,000 |\n\nEUR a year, Oslo and Berlin; other places follow the index.',
        ),
        files: [
          {
            name: 'bands-2026.csv',
            content: csv([
              ['level', 'from', 'to'],
              [1, 46_000, 58_000],
              [2, 56_000, 72_000],
              [3, 70_000, 92_000],
            ]),
          },
        ],
      }),
      page({
        title: 'Hiring plan',
        by: 'grace',
        at: 18,
        labels: ['hiring'],
        history: [
          { by: 'grace', at: 120, body: prose('Six openings for the second half.') },
          { by: 'jane', at: 65, body: prose('Five openings for the second half; one was filled.') },
        ],
        body: prose(
          '| Role | Where | State |\n| Firmware engineer | Nagoya | {status:Green|SIGNED} |\n| Site manager support | Columbus | {status:Blue|INTERVIEWS} |\n| Designer | Oslo | {status:Grey|NOT STARTED} |\n\n- [ ] write the advertisement for the designer @grace {date:2026-11-30}\n- [ ] second interviews for Columbus @jane',
        ),
      }),
      page({
        title: 'Contract ends this quarter',
        by: 'janet',
        at: 9.3,
        labels: ['contractors'],
        body: prose(
          '| Person | Group | Last day |\n| John Smith | Contractors | {date:2026-11-13} |\n| Nadia Rahman | Contractors | {date:2027-01-31} |\n\n- [ ] ask IT to remove John Smith from the group Contractors @janet {date:2026-11-20}',
        ),
      }),
      page({
        title: 'Interview questions',
        by: 'grace',
        at: 201,
        labels: ['hiring'],
        body: prose(
          '1. Tell us about something you stopped.\n2. What did you believe five years ago and no longer do?\n3. Explain a robot to a child.',
        ),
        children: [
          page({
            title: 'Interview notes: how to write them',
            by: 'grace',
            at: 199,
            body: prose('Write what you heard, not what you felt. Within a day. Delete after six months.'),
          }),
        ],
      }),
      page({
        title: 'HR team meeting notes 2026-11-12',
        by: 'janet',
        at: 8.2,
        labels: ['meeting-notes'],
        body: prose(
          '## Discussion\n\n- John Smith has left; his access must end.\n- Review of the remote work rules in December.\n\nAction: @janet tells IT about the contractor by {date:2026-11-20}.\n\nAction: @grace collects questions on remote work.',
        ),
      }),
      page({
        title: 'Benefits by country',
        by: 'janet',
        at: 148,
        body: prose(
          '| Country | Pension | Health | Other |\n| Norway | 7% | public | ski day |\n| Japan | 5% | public + top-up | commuter pass |\n| United States | 401(k), 5% | private | none |',
        ),
      }),
    ],
  }),
  blogPosts: [
    post({
      title: 'Open enrolment begins',
      by: 'janet',
      at: 14,
      labels: ['benefits'],
      body: prose('Colleagues in Columbus choose their health plan until 5 December.'),
    }),
  ],
});
