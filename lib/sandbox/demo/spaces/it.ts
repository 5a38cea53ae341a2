/** IT: policies, how-tos, and the sampler page on which every macro occurs. */
import { csv } from '../files.ts';
import { pageMaker, postMaker } from '../make.ts';
import { prose } from '../prose.ts';
import { macro } from '../storage.ts';
import type { DemoPage, DemoSpace } from '../types.ts';
import { samplerBody, samplerFiles } from './macro-sampler.ts';
import { type Policy, policyPage } from './policy.ts';

const page = pageMaker('IT');
const post = postMaker('IT');

const POLICIES: Policy[] = [
  {
    title: 'Acceptable Use Policy',
    by: 'amira',
    at: 130,
    owner: 'amira',
    review: '2027-01-10',
    purpose: 'Company computers are for work. A little private use is fine, as long as it harms nobody.',
    scope: 'All laptops, phones and accounts of Halden Robotics.',
    rules: [
      'Lock the screen when you stand up.',
      'No software from unknown places; ask for it instead.',
      'Streaming is fine, mining is not.',
      'Company mail is not for private contracts.',
    ],
  },
  {
    title: 'Password and Passkey Policy',
    by: 'marcus',
    at: 74,
    owner: 'marcus',
    review: '2026-12-01',
    purpose: 'Passwords are guessed and stolen. We replace them with passkeys and keep the rest strong.',
    scope: 'Every account with access to company data.',
    rules: [
      'Use a passkey wherever it is offered.',
      'Other passwords come from the password manager and have 20 characters.',
      'Never send a password by chat or mail.',
      'Shared accounts need an owner and a date of expiry.',
    ],
    warning: 'Nobody at Halden will ever ask for your password. Report such a question at once.',
  },
  {
    title: 'Laptop and Device Policy',
    by: 'amira',
    at: 161,
    owner: 'amira',
    review: '2027-03-01',
    purpose: 'A lost device must never be a lost secret.',
    scope: 'Laptops, phones, tablets, hand scanners.',
    rules: [
      'Disks are encrypted; the check runs daily.',
      'Report a loss within an hour, also at night.',
      'Devices are replaced after four years.',
      'Private devices reach mail only, through the managed profile.',
    ],
  },
  {
    title: 'Remote Access Policy',
    by: 'lars',
    at: 109,
    owner: 'lars',
    review: '2026-12-20',
    purpose: 'Gateways in warehouses can move machines. Access to them is narrow.',
    scope: 'VPN, bastion hosts, gateways, docks.',
    rules: [
      'Only from managed laptops.',
      'Two factors, one of them a passkey.',
      'Sessions end after eight hours.',
      'Suppliers use the supplier portal, never the VPN.',
    ],
  },
  {
    title: 'Data Classification Policy',
    by: 'marcus',
    at: 197,
    owner: 'ada',
    review: '2027-02-15',
    purpose: 'People should know at a glance how careful to be.',
    scope: 'All documents, tables, pictures and recordings.',
    rules: [
      'Four classes: public, internal, customer, secret.',
      'A page without a class is internal.',
      'Customer data stays in the systems of its region.',
      'Secret things are never printed.',
    ],
    exceptions: 'Press material is public from the hour of publication; ask @liam.',
  },
  {
    title: 'Backup and Restore Policy',
    by: 'victor',
    at: 143,
    owner: 'victor',
    review: '2026-11-30',
    purpose: 'A backup that was never restored is a hope.',
    scope: 'Databases of Tier 1 and 2, file shares, this site.',
    rules: [
      'Daily backups, kept for 35 days; monthly ones for 13 months.',
      'One restore drill in each quarter, with a protocol.',
      'Backups are encrypted with a key that is not in the same place.',
    ],
  },
  {
    title: 'Software Licence Policy',
    by: 'marcus',
    at: 228,
    owner: 'marcus',
    review: '2027-04-01',
    purpose: 'We pay for what we use and use what we pay for.',
    scope: 'Bought software and subscriptions.',
    rules: [
      'Requests go through IT, with a reason and a cost centre.',
      'Seats unused for 60 days are taken back.',
      'Trials end with a decision, not by forgetting.',
    ],
  },
  {
    title: 'Incident Reporting Policy',
    by: 'ada',
    at: 67,
    owner: 'ada',
    review: '2026-12-10',
    purpose: 'Early and wrong is better than late and right.',
    scope: 'Anything that smells of a security problem.',
    rules: [
      'Report to security@halden.example or +47 555 0199.',
      'Do not investigate alone, do not delete anything.',
      'Who reports in good faith is thanked, whatever it was.',
    ],
  },
  {
    title: 'Supplier Access Policy',
    by: 'amira',
    at: 183,
    owner: 'amira',
    review: '2027-01-31',
    purpose: 'Suppliers see what they need, for as long as they need it.',
    scope: 'Companies that service chargers, racks, networks or software.',
    rules: [
      'Each supplier has a named owner inside Halden.',
      'Accounts end with the work order.',
      'Visits to the hall are accompanied.',
    ],
  },
  {
    title: 'Artificial Intelligence Use Policy',
    by: 'ada',
    at: 25,
    owner: 'ada',
    review: '2027-02-20',
    purpose: 'Assistants may help us think. People decide.',
    scope: 'Assistants that read or write company data.',
    rules: [
      'Only assistants on the approved list may read customer data.',
      'An assistant writes only after a person has seen the change.',
      'Mark texts that were written by a machine when they leave the company.',
    ],
  },
];

const howTos = (): DemoPage[] => [
  page({
    title: 'VPN setup',
    by: 'amira',
    at: 122,
    perWeek: 10,
    labels: ['howto', 'vpn'],
    body: prose(
      '1. Open *Halden Connect* on your laptop.\n2. Choose the nearest place: Oslo, Nagoya or Columbus.\n3. Confirm with your passkey.\n\nYou need the VPN only for the test hall and for gateways. Mail, chat and this site work without it.\n\nOn Linux: `halden-connect up --site oslo`.',
    ),
  }),
  page({
    title: 'Printers in Oslo',
    by: 'marcus',
    at: 203,
    labels: ['howto'],
    body: prose(
      '| Floor | Name | Colour |\n| 1 | osl-p1 | no |\n| 3 | osl-p3 | yes |\n\nPaper is in the cupboard beside the kitchen. The manual: [docs.halden-old.example](https://docs.halden-old.example/it/printers.pdf).',
    ),
  }),
  page({
    title: 'Guest Wi-Fi',
    by: 'amira',
    at: 96,
    labels: ['howto'],
    body: prose(
      'Network *Halden Guest*; the word of the week is on the screen at the reception. Guests agree to the rules on the first page; it ends after twelve hours.',
    ),
  }),
  page({
    title: 'Order a laptop',
    by: 'amira',
    at: 57,
    labels: ['howto', 'hardware'],
    body: prose(
      'Three models: light (1.1 kg), strong (64 GB), and the one for the hall (survives a fall). Order with your cost centre; it arrives in six working days.\n\n- [ ] price list for 2027 @amira {date:2026-12-05}',
    ),
    files: [
      {
        name: 'laptop-prices.csv',
        content: csv([
          ['model', 'eur'],
          ['light', 1490],
          ['strong', 2380],
          ['hall', 2790],
        ]),
      },
    ],
  }),
  page({
    title: 'Mail aliases and lists',
    by: 'marcus',
    at: 211,
    labels: ['howto'],
    body: prose(
      'Lists are made by IT and belong to two people. A list nobody wrote to for a year is removed after a warning. Old addresses at `halden-old.example` stopped working in March 2026.',
    ),
  }),
  page({
    title: 'Moving pages to another space',
    by: 'ada',
    at: 86,
    labels: ['howto', 'confluence'],
    body: prose(
      'Links follow a moved page, bookmarks do not always. Restrictions stay on the page. Tell the owner of the space first.',
    ),
  }),
];

export const it = (): DemoSpace => ({
  id: '1005',
  key: 'IT',
  name: 'IT',
  type: 'knowledge_base',
  description: 'Computers, accounts, networks, and the rules for them.',
  author: 'amira',
  createdAt: 660,
  labels: ['it'],
  homepage: page({
    title: 'IT Home',
    by: 'amira',
    at: 62,
    perWeek: 13,
    body: [
      prose('Something does not work? Look here, then write to it@halden.example.'),
      macro('livesearch', {
        spaceKey: 'IT',
        type: 'page',
        size: 'large',
        labels: 'howto',
        additional: 'page excerpt',
      }),
      macro('pagetreesearch', { rootPage: 'IT Home' }),
    ],
    children: [
      page({
        title: 'IT policies',
        by: 'ada',
        at: 24,
        perWeek: 7,
        labels: ['policies-index'],
        body: [
          prose('All of them are in force. Questions to the owner named at the top of each page.'),
          macro('detailssummary', {
            firstcolumn: 'Title',
            headings: 'Owner,State,Next review',
            cql: 'label = "policy" and space = "IT"',
          }),
        ],
        children: POLICIES.map((policy) => policyPage('IT', policy)),
      }),
      page({
        title: 'How-to',
        by: 'amira',
        at: 120,
        labels: ['howto'],
        body: macro('children', { sort: 'title' }),
        children: howTos(),
      }),
      page({
        title: 'Confluence administration',
        by: 'ada',
        at: 30,
        labels: ['confluence'],
        body: prose('Spaces are made on request; each has two admins. Exports are kept for a year.'),
        children: [
          page({
            title: 'Macro sampler for the migration test',
            by: 'ada',
            at: 15,
            labels: ['confluence', 'test'],
            classic: false,
            body: samplerBody(),
            files: samplerFiles(),
          }),
          page({
            title: 'Space naming',
            by: 'ada',
            at: 140,
            labels: ['confluence'],
            body: prose(
              'Keys are short and upper case. Old spaces are archived under their key with `OLD` added, as with `ENGOLD`.',
            ),
          }),
          page({
            title: 'Who has access to what',
            by: 'ada',
            at: 36,
            labels: ['confluence', 'access'],
            body: prose(
              '| Space | Sees | Writes |\n| ENG, PLAT, PROD, MKT, IT, ONB | everybody | everybody |\n| HR | HR, Ada | HR, Ada |\n| CLI | everybody | Customer Success, Product |\n| ARC | everybody | everybody |',
            ),
          }),
        ],
      }),
      page({
        title: 'Network plan Oslo',
        by: 'marcus',
        at: 176,
        labels: ['network'],
        body: prose(
          '| VLAN | For | Range |\n| 10 | offices | 10.10.0.0/22 |\n| 20 | robots | 10.20.0.0/20 |\n| 30 | guests | 10.30.0.0/24 |\n\nRobots and offices never meet; the firewall rule is number 4.',
        ),
      }),
    ],
  }),
  blogPosts: [
    post({
      title: 'Passkeys for everybody',
      by: 'marcus',
      at: 72,
      labels: ['security'],
      body: prose(
        'Since Monday nobody needs a password to open a laptop. 97% have moved; the other 3% get a visit with cake.',
      ),
    }),
    post({
      title: 'Planned work on the night of 28 November',
      by: 'amira',
      at: 6.5,
      labels: ['maintenance'],
      body: prose('From 22:00 to 23:30 UTC the VPN in Nagoya is away. Robots are not affected.'),
    }),
  ],
});
