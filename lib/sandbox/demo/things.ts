/** What the demo site holds besides pages and posts: folders, whiteboards, databases, Smart Links, properties, app content. */
import { numericId, uuid } from './ids.ts';
import { pageMaker } from './make.ts';
import { prose } from './prose.ts';
import { h2, p, settle, taskList } from './storage.ts';
import type { DemoBlueprint, DemoCustomContent, DemoProperty, DemoThings } from './types.ts';

/** Types of custom content that the installed apps of the demo site declare. */
const RISK_TYPE = 'ac:com.halden.risk-register:risk';
const DECISION_TYPE = 'ac:com.halden.risk-register:mitigation';

const pageId = (spaceKey: string, title: string) => numericId(`page ${spaceKey} ${title}`);
const eng = pageMaker('ENG');

const retros = [
  eng({
    title: 'Retro: gripper firmware 4.2',
    by: 'priya',
    at: 12,
    labels: ['retro'],
    body: [
      h2('What went well'),
      prose('- The staged roll-out caught the torque bug on two robots, not on two hundred.'),
      h2('What to change'),
      taskList([
        { text: 'Add a torque check to the bench test' },
        { text: 'Name an owner for staged roll-outs' },
      ]),
    ],
  }),
  eng({
    title: 'Retro: map server move',
    by: 'ada',
    at: 33,
    labels: ['retro'],
    body: [
      h2('What went well'),
      prose('- No robot lost its map during the move.'),
      h2('What to change'),
      prose('- Rehearse the way back, not only the way there.'),
    ],
  }),
];

const nodes: DemoThings['nodes'] = [
  {
    under: '526827061',
    node: {
      id: '310500100',
      type: 'folder',
      title: 'Retrospectives',
      author: 'ada',
      at: 90,
      pages: retros,
      nodes: [{ id: '310500110', type: 'whiteboard', title: 'Retro board, autumn', author: 'priya', at: 12 }],
    },
  },
  {
    under: '526827061',
    node: { id: '310500200', type: 'database', title: 'Robot inventory', author: 'priya', at: 140 },
  },
  {
    under: '526827061',
    node: {
      id: '310500300',
      type: 'embed',
      title: 'Fleet dashboard',
      author: 'ben',
      at: 75,
      url: 'https://dashboards.halden.example/fleet',
    },
  },
];

const property = (id: string, key: string, value: unknown, author = 'ada', at = 20): DemoProperty => ({
  on: 'content',
  id,
  key,
  value,
  author,
  at,
});

const review = (status: string, due: string) => ({ status, due, reviewers: ['priya', 'ben'] });

const properties = (): DemoProperty[] => [
  property(pageId('ENG', 'API Guidelines'), 'doc-review', review('approved', '2027-01-15')),
  property(pageId('ENG', 'Datadog logging guidelines'), 'doc-review', review('due', '2026-12-01'), 'priya'),
  property('5543210', 'doc-review', review('overdue', '2026-10-01'), 'ben'),
  property(pageId('ENG', 'API Guidelines'), 'content-appearance-published', 'full-width'),
  property(pageId('ENG', 'API Guidelines'), 'owner-team', 'Platform'),
  property('310500200', 'source-system', { name: 'ERP', table: 'ROBOTS' }),
  {
    on: 'space',
    id: '1001',
    key: 'space-steward',
    value: { team: 'Platform', since: 2024 },
    author: 'ada',
    at: 200,
  },
];

const risk = (title: string, text: string, at: number): DemoCustomContent => ({
  id: numericId(`risk ${title}`),
  type: RISK_TYPE,
  title,
  storage: settle(title, p(text)),
  spaceId: '1003',
  container: { type: 'page', id: pageId('PROD', 'Q3 Planning') },
  author: 'ada',
  at,
});

const customContent = (): DemoCustomContent[] => {
  const supplier = risk('Single supplier for grippers', 'One supplier makes every gripper we ship.', 60);
  return [
    supplier,
    risk('Billing engine is late', 'The billing engine slips into the next quarter.', 40),
    {
      id: numericId('mitigation second supplier'),
      type: DECISION_TYPE,
      title: 'Qualify a second supplier',
      storage: settle('mitigation', p('Two candidates are being tested until spring.')),
      spaceId: '1003',
      container: { type: 'customContent', id: supplier.id },
      author: 'ben',
      at: 30,
    },
    {
      id: numericId('risk space ENG'),
      type: RISK_TYPE,
      title: 'Map server has one owner',
      storage: settle('map server', p('Only one person knows how the map server is restored.')),
      spaceId: '1001',
      container: { type: 'space', id: '1001' },
      author: 'priya',
      at: 25,
    },
  ];
};

const blueprint = (name: string, description: string, moduleKey: string, body: string): DemoBlueprint => {
  const id = uuid(`blueprint ${name}`);
  return {
    id,
    name,
    description,
    storage: settle(id, body),
    labels: [],
    pluginKey: 'com.atlassian.confluence.plugins.confluence-business-blueprints',
    moduleKey: `com.atlassian.confluence.plugins.confluence-business-blueprints:${moduleKey}`,
  };
};

const blueprints = (): DemoBlueprint[] => [
  blueprint(
    'Decision',
    'Record a decision and why it was made.',
    'decision-blueprint-page',
    `${h2('Background')}${p('<ac:placeholder>What led to this?</ac:placeholder>')}${h2('Decision')}${p('')}`,
  ),
  blueprint(
    'Retrospective',
    'What went well, what to change.',
    'retrospective-blueprint-page',
    `${h2('What went well')}${p('')}${h2('What to change')}${taskList([{ text: '<ac:placeholder>Action, owner</ac:placeholder>' }])}`,
  ),
];

/** The things of Halden Robotics. */
export function roboticsThings(): DemoThings {
  return {
    nodes,
    properties: properties(),
    customTypes: [RISK_TYPE, DECISION_TYPE],
    customContent: customContent(),
    blueprints: blueprints(),
  };
}
