import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChangeView, Message } from '#lib/wire';
import { type Stage, setStage } from '../../scripts/stage.ts';
import { withoutIds } from '../../scripts/without-ids.ts';
import { q } from './demo/prompts.fixture.ts';

/** The demo model, the real rooms below and the real sandbox: what people say in the stories comes true. */

type Agent = typeof import('./index.ts');

let stage: Stage;
let agent: Agent;
let chats: typeof import('#lib/chats');
let approvals: typeof import('#lib/approvals');
let runOf: typeof import('./registry.ts').runOf;

beforeAll(async () => {
  process.env.CONFAB_SANDBOX_CONNECTED = '1';
  stage = await setStage();
  agent = await import('./index.ts');
  chats = await import('#lib/chats');
  approvals = await import('#lib/approvals');
  ({ runOf } = await import('./registry.ts'));
});
afterAll(() => stage.close());

async function ended(chatId: string): Promise<Message> {
  await runOf(chatId)?.ended;
  return (await chats.branch(chatId)).at(-1) as Message;
}

async function say(
  text: string,
  in_?: { chatId: string; parentId: string },
): Promise<{ chatId: string; answer: Message }> {
  const chatId = in_?.chatId ?? (await chats.createChat(stage.ada.id)).id;
  await agent.startTurn(stage.ada, chatId, { text, parentId: in_?.parentId ?? null });
  return { chatId, answer: await ended(chatId) };
}

const textOf = (message: Message) =>
  message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');

async function cardOf(message: Message): Promise<ChangeView> {
  expect(message.status).toBe('waiting');
  const part = message.parts.find((one) => one.type === 'change');
  if (part?.type !== 'change') throw new Error(`no card in: ${JSON.stringify(message.parts)}`);
  return approvals.viewChange(stage.ada, part.changeId);
}

/** Presses Apply and lets the answer go on. */
async function apply(chatId: string, message: Message): Promise<{ change: ChangeView; answer: Message }> {
  const card = await cardOf(message);
  const confirmed = card.warnings.map((warning) => warning.code);
  const change = await approvals.decide(stage.ada, card.id, {
    decision: 'apply',
    hash: card.hash,
    confirmed,
  });
  await agent.continueTurn(stage.ada, chatId);
  const answer = await ended(chatId);
  expect([change.status, answer.status]).toEqual(['verified', 'done']);
  expect(textOf(answer)).toContain('Applied: ');
  return { change, answer };
}

async function done(text: string): Promise<string> {
  const { answer } = await say(text);
  expect(answer.status).toBe('done');
  return textOf(answer);
}

test('A01 finds the roadmap first', async () => {
  const text = await done(q.A01);
  expect(text).toMatch(
    /^The best match.*\n\n\*\*\[Q3 Marketing Roadmap\]\(http\S+\)\*\* · page · Marketing \(MKT\) · last edited \d{4}-\d\d-\d\d by /,
  );
});

test('A02 reads a page with its macros', async () => {
  const text = await done(q.A02);
  expect(text).toContain('[Platform Operations Handbook](');
  expect(text).toContain('(macro toc');
});

test('A05, A06, A10, A11 are answered', async () => {
  expect(await done(q.A05)).toMatch(/\[Engineering\]\(http\S+\) · key \*\*ENG\*\*/);
  expect(await done(q.A06)).toMatch(/Jane Doe.*account id `712020:/);
  const rules = await done(q.A10);
  expect(rules).toMatch(/\[Datadog logging guidelines\]\(http.*\n\n1\. \*\*Log structured JSON/);
  expect(rules).toContain('written by **Priya Raman**');
  expect(await done(q.A11)).toContain('Atlassian offers no list of drafts');
});

test.each([
  ['A03', 'Engineering', /Auth V2 Architecture/, /<h2>Goals/],
  ['A07', 'Product Ops', /Q4 Launch Plan/, /<h2>Goals[\s\S]*<h2>Timelines[\s\S]*<h2>Risks/],
  ['A13', 'Onboarding', /Local Environment Setup 2026/, /<ol[\s\S]*<li>/],
] as const)('%s makes a page in %s', async (id, space, title, body) => {
  const { chatId, answer } = await say(q[id]);
  expect((await cardOf(answer)).target.space?.name ?? (await cardOf(answer)).title).toContain(space);
  const { change } = await apply(chatId, answer);
  const page = await stage.page(/pages\/(\d+)/.exec(change.result?.url ?? '')?.[1] ?? '');
  expect(page.title).toMatch(title);
  expect(withoutIds(page.storage)).toMatch(body);
});

test.each([
  ['A04', 'Rate limits'],
  ['A12', 'Rollback Procedures'],
] as const)('%s appends one section and touches nothing else', async (id, heading) => {
  const { chatId, answer } = await say(q[id]);
  const card = await cardOf(answer);
  const before = await stage.page(card.target.id ?? '');
  await apply(chatId, answer);
  const after = await stage.page(card.target.id ?? '');
  expect(after.version).toBe(before.version + 1);
  expect(after.storage.startsWith(before.storage)).toBe(true);
  expect(withoutIds(after.storage.slice(before.storage.length))).toContain(`<h2>${heading}</h2>`);
  expect((await say(q[id])).answer.status).toBe('done');
});

test('A08 removes John Smith after Apply; Undo is proposed on request', async () => {
  const { chatId, answer } = await say(q.A08);
  const card = await cardOf(answer);
  expect([card.tier, card.title]).toEqual(['destructive', expect.stringMatching(/John Smith.*Contractors/)]);
  const applied = await apply(chatId, answer);
  expect(await done('Who is in the Contractors group?')).not.toContain('John Smith');
  const back = await say('undo that', { chatId, parentId: applied.answer.id });
  await apply(chatId, back.answer);
  expect(await done('Who is in the Contractors group?')).toContain('John Smith');
});

test('A09 adds the note once', async () => {
  const first = await say(q.A09);
  await apply(first.chatId, first.answer);
  expect(await done(q.A09)).toContain('already mentions');
});

test('A14 sets the label; a reason for not applying is taken', async () => {
  const { chatId, answer } = await say(q.A14);
  const card = await cardOf(answer);
  await approvals.decide(stage.ada, card.id, {
    decision: 'reject',
    hash: card.hash,
    reason: 'not urgent at all',
  });
  await agent.continueTurn(stage.ada, chatId);
  const declined = await ended(chatId);
  expect([declined.status, textOf(declined)]).toEqual([
    'done',
    expect.stringContaining('you said “not urgent at all”'),
  ]);
  const again = await say(q.A14);
  await apply(again.chatId, again.answer);
});

test.each([
  ['Show the comments on the API Guidelines page', /Comments on \[API Guidelines\]/],
  ['Show the history of API Guidelines', /version 1 /],
  ['List the child pages of API Documentation', /\[/],
  ['who am I?', /Ada Moreno/],
  ['List all spaces', /key \*\*ONB\*\*/],
  ['Read the page "No such page anywhere"', /did not work/],
  ['What is the meaning of life?', /OPENAI_API_KEY/],
])('%s', async (question, answer) => {
  expect(await done(question)).toMatch(answer);
});
