/** Onboarding: what a new colleague reads in the first ninety days. */
import { csv, flowSvg, pdf, png } from '../files.ts';
import { pageMaker, postMaker } from '../make.ts';
import { inline, prose } from '../prose.ts';
import { box, expand, image, layout, macro, p, panel, section, taskList } from '../storage.ts';
import type { DemoPage, DemoSpace } from '../types.ts';
import { machineSetup } from './engineering-practice.ts';

const page = pageMaker('ONB');
const post = postMaker('ONB');

type Team = {
  name: string;
  lead: string;
  at: number;
  does: string;
  read: string;
  first: string;
  ask: string;
};

const TEAMS: Team[] = [
  {
    name: 'Fleet',
    lead: 'hana',
    at: 87,
    does: 'plans and drives every robot',
    read: '[[ENG:Runbook: Fleet gateway]]',
    first: 'Hold one robot in the test hall and release it again.',
    ask: '#fleet',
  },
  {
    name: 'Billing',
    lead: 'raj',
    at: 83,
    does: 'turns picked lines into invoices',
    read: '[[ENG:Deploying the Billing Engine]]',
    first: 'Issue the test invoice of the tenant halden-internal.',
    ask: '#billing',
  },
  {
    name: 'Platform',
    lead: 'lars',
    at: 85,
    does: 'runs clusters, gateways and the pipeline',
    read: '[[PLAT:Platform Operations Handbook]]',
    first: 'Drain a staging node and bring it back.',
    ask: '#platform',
  },
  {
    name: 'Marketing',
    lead: 'chloe',
    at: 78,
    does: 'says what we do in words people understand',
    read: '[[MKT:Voice and tone]]',
    first: 'Rewrite one paragraph of the website and show it in the team meeting.',
    ask: '#marketing',
  },
  {
    name: 'Customer Success',
    lead: 'fatima',
    at: 64,
    does: 'is with the customer after the contract',
    read: '[[CLI:Client Docs Home]]',
    first: 'Sit beside an operator for half a shift.',
    ask: '#customers',
  },
];

const team = (it: Team): DemoPage =>
  page({
    title: `Your first month in ${it.name}`,
    by: it.lead,
    at: it.at,
    labels: ['onboarding', 'team'],
    body: [
      prose(`${it.name} ${it.does}. Your lead is @${it.lead}; questions go to \`${it.ask}\`.`),
      taskList([
        { text: inline(`Read ${it.read}`) },
        { text: inline(it.first) },
        { text: 'Talk for half an hour with each member of the team' },
        { text: 'Write down what surprised you and give it to your lead' },
      ]),
    ],
  });

const week = (number: number, at: number, goal: string, days: string[]): DemoPage =>
  page({
    title: `Week ${number}`,
    by: 'grace',
    at,
    labels: ['onboarding', 'schedule'],
    body: prose(
      `**Goal:** ${goal}\n\n| Day | What |\n${days.map((what, index) => `| ${['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'][index]} | ${what} |`).join('\n')}`,
    ),
  });

export const onboarding = (): DemoSpace => ({
  id: '2005',
  key: 'ONB',
  name: 'Onboarding',
  type: 'global',
  description: 'The first ninety days at Halden.',
  author: 'grace',
  createdAt: 610,
  labels: ['people'],
  homepage: page({
    title: 'Onboarding Home',
    by: 'grace',
    at: 23,
    perWeek: 25,
    labels: ['onboarding'],
    body: [
      layout([
        section('single', [
          prose(
            '# Welcome to Halden Robotics {emoji:tada}\n\nWe build robots that fetch things in warehouses, and the engine that bills for it. You will not understand everything in the first week; nobody did.',
          ),
        ]),
        section('two_equal', [
          panel(
            prose(
              '### First day\n\n1. Laptop and passkey at the reception\n2. Coffee with your buddy\n3. Read [[Your first day]]',
            ),
          ),
          panel(
            prose(
              '### People to know\n\n- @grace for everything\n- @amira for computers\n- @jane for contracts',
            ),
            { bgColor: '#FFFAE6', panelIcon: ':wave:', panelIconId: '1f44b', panelIconText: '👋' },
          ),
        ]),
      ]),
      macro('children', { depth: '2' }),
    ],
    children: [
      page({
        title: 'Your first day',
        by: 'grace',
        at: 41,
        perWeek: 15,
        labels: ['onboarding'],
        history: [
          { by: 'grace', at: 300, body: prose('Come at nine. Bring your passport.') },
          { by: 'jane', at: 160, body: prose('Come at **ten**. Bring your passport and your bank details.') },
        ],
        body: [
          prose(
            'Come at **ten** on your first day; the reception in Oslo opens at nine. Bring your passport and your bank details.\n\n## What happens\n\n1. Photo and badge\n2. Laptop, passkey, phone\n3. Lunch with your team at 12:00\n4. Tour of the test hall at 14:00: closed shoes, please',
          ),
          box(
            'info',
            p(
              'Working from elsewhere? The same things happen on a call; the laptop comes by courier the day before.',
            ),
          ),
          image('office-map.png', { caption: 'How to find the reception', width: 520, height: 240 }),
        ],
        files: [
          { name: 'office-map.png', content: png(260, 120, 0x00b8d9) },
          {
            name: 'first-day.pdf',
            content: pdf([
              'Your first day at Halden Robotics',
              '09:00 reception opens',
              '10:00 badge and laptop',
              '12:00 lunch',
              '14:00 test hall',
            ]),
          },
        ],
        comments: [
          {
            by: 'john',
            at: 20,
            text: 'Do contractors get a badge as well?',
            replies: [{ by: 'grace', at: 19.5, text: 'Yes, a yellow one, valid as long as the contract.' }],
          },
        ],
      }),
      page({
        title: 'The first four weeks',
        by: 'grace',
        at: 59,
        labels: ['onboarding', 'schedule'],
        body: prose('A plan you may change. Your lead and your buddy have it too.'),
        children: [
          week(1, 58, 'know where things are', [
            'Badge, laptop, tour',
            'Set up your machine',
            'Sit with your buddy',
            'Test hall training',
            'Write down questions',
          ]),
          week(2, 58.1, 'see a customer', [
            'Team rituals',
            'Read the handbook',
            'Visit a warehouse',
            'Visit a warehouse',
            'Talk about the visit',
          ]),
          week(3, 58.2, 'finish something small', [
            'Choose a small task',
            'Work on it',
            'Work on it',
            'Review',
            'Ship it',
          ]),
          week(4, 58.3, 'say what you see', [
            'Second small task',
            'Meet Finance and People',
            'Security training',
            'Half-time talk with your lead',
            'Write the surprise note',
          ]),
        ],
      }),
      page({
        title: 'Computers and accounts',
        by: 'amira',
        at: 47,
        labels: ['onboarding', 'it'],
        body: [
          prose('What you have, what you may ask for, and how.'),
          expand(
            'I have lost my passkey',
            prose(
              'Call +47 555 0140 and turn your camera on. @amira or @marcus will recognise you and issue a new one.',
            ),
          ),
        ],
        children: [
          page({
            title: 'Set up your development machine',
            by: 'ben',
            at: 118,
            perWeek: 12,
            labels: ['onboarding', 'setup', 'howto'],
            body: prose(machineSetup('- Ask your buddy before you ask the internet.')),
          }),
          page({
            title: 'Connecting to the VPN',
            by: 'amira',
            at: 99,
            labels: ['onboarding', 'vpn', 'howto'],
            body: prose(
              '1. Open *Halden Connect* on your laptop.\n2. Choose the nearest place: Oslo, Nagoya or Columbus.\n3. Confirm with your passkey.\n\nYou need the VPN only for the test hall and for gateways. Mail, chat and this site work without it.',
            ),
          }),
          page({
            title: 'Which tool for what',
            by: 'marcus',
            at: 73,
            labels: ['onboarding', 'it'],
            body: prose(
              '| You want to | Use |\n| ask something quick | chat |\n| decide something | a page here, with a date |\n| track work | Jira |\n| send a customer something | mail, never chat |\n\nThe guide to chat is at [docs.halden-old.example](https://docs.halden-old.example/onboarding/chat).',
            ),
          }),
          page({
            title: 'Phones and SIM cards',
            by: 'amira',
            at: 166,
            labels: ['onboarding', 'it'],
            body: prose(
              'Everybody on call gets a phone. A private number is used only if you offer it. Roaming works in all countries where we have a site.',
            ),
          }),
        ],
      }),
      page({
        title: 'Teams',
        by: 'grace',
        at: 92,
        labels: ['onboarding', 'team'],
        body: [prose('Each team has written a page for you.'), macro('children', { sort: 'title' })],
        children: TEAMS.map(team),
      }),
      page({
        title: 'Safety in the test hall',
        by: 'noah',
        at: 38,
        perWeek: 8,
        labels: ['onboarding', 'safety'],
        body: [
          box('warning', p('Nobody enters the hall alone. A robot of 300 kg does not feel you.'), {
            title: 'Two people, always',
          }),
          prose(
            '- Closed shoes, yellow vest\n- The red button is on *every* side of the robot\n- A blinking blue lamp means: about to move\n- After an alarm, leave by the marked way; do not carry on with your test',
          ),
          image('safety-zones.svg', { width: 500, height: 140, caption: 'Zones of the hall' }),
        ],
        files: [
          {
            name: 'safety-zones.svg',
            content: flowSvg('Zones', ['Green: walk', 'Yellow: vest', 'Red: robots']),
          },
          {
            name: 'safety-quiz.csv',
            content: csv([
              ['question', 'answer'],
              ['Who may enter alone?', 'nobody'],
              ['What does blue mean?', 'about to move'],
            ]),
          },
        ],
      }),
      page({
        title: 'دليل الموظف الجديد',
        by: 'fatima',
        at: 80,
        labels: ['onboarding', 'arabic'],
        body: prose(
          '# أهلاً بك في هالدن\n\nهذه الصفحة موجزٌ للزملاء في الرياض ودبي. النسخة الكاملة بالإنجليزية في [[Your first day]].\n\n## اليوم الأول\n\n1. استلام البطاقة والحاسوب من الاستقبال.\n2. لقاء الفريق عند الساعة **12:00**.\n3. جولة في صالة الاختبار (أحذية مغلقة من فضلك).\n\n!info لأي سؤال راسل @fatima أو اتصل على الرقم ‎+971 555 0101.\n\n| القسم | المسؤول |\n| تقنية المعلومات | @amira |\n| الموارد البشرية | @jane |',
        ),
      }),
      page({
        title: 'Words we use',
        by: 'chloe',
        at: 126,
        labels: ['onboarding', 'glossary'],
        body: prose(
          '| Word | Meaning |\n| line | one article of an order, in any quantity |\n| mission | one errand of a robot |\n| dock | where a robot charges |\n| peak | the weeks before Christmas and 27 to 30 November |\n| Till, Hive, Postman | old names; see the handbook of the platform |',
        ),
      }),
      page({
        title: 'Buddy guide',
        by: 'grace',
        at: 115,
        labels: ['onboarding'],
        body: prose(
          'You are asked to be a buddy because you explain well. It takes two hours a week for four weeks.\n\n- Have lunch together on the first day.\n- Answer the same question twice without a sigh.\n- Tell @grace if something is wrong; do not wait for week four.',
        ),
      }),
      page({
        title: 'Ninety-day talk',
        by: 'jane',
        at: 145,
        labels: ['onboarding'],
        body: prose(
          'After ninety days you talk for an hour with your lead and somebody from People. Three questions: what works, what does not, what next. Nothing is graded.',
        ),
      }),
      page({
        title: 'Contractors: what is different',
        by: 'janet',
        at: 51,
        labels: ['onboarding', 'contractors'],
        body: prose(
          'Contractors are in the group *Contractors* and see everything but People matters. Access ends on the last day of the contract; the lead tells IT a week before.\n\n- [ ] list contracts that end this quarter @janet {date:2026-11-27}',
        ),
      }),
    ],
  }),
  blogPosts: [
    post({
      title: 'Eleven new colleagues in autumn',
      by: 'grace',
      at: 20,
      labels: ['people'],
      body: prose(
        'Since September eleven people have joined us, in five countries. The surprise notes of the first weeks mention three things: the silence in the hall, the length of our runbooks, and the soup on Thursdays.',
      ),
    }),
    post({
      title: 'The buddy programme is two years old',
      by: 'grace',
      at: 169,
      labels: ['people'],
      body: prose('58 buddies, 61 new colleagues. Thank you.'),
    }),
  ],
});
