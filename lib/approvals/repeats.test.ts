import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, setStage } from '../../scripts/stage.ts';
import { proposeOn } from './propose.fixture.ts';

let stage: Stage;
let approvals: typeof import('./index.ts');

beforeAll(async () => {
  stage = await setStage();
  approvals = await import('./index.ts');
});
afterAll(() => stage.close());

const codes = (change: { warnings: { code: string }[] }) => change.warnings.map(({ code }) => code);

test('what the chat has written already needs a tick to be written again; other chats and other words do not', async () => {
  const inChat = (markdown: string, chatId: string) =>
    proposeOn(stage, 'create_footer_comment', { page: '5543210', body: markdown }, { chatId });
  const first = await inChat('Once.', 'cht_a');
  expect(codes(first)).not.toContain('made_already');
  await approvals.decide(stage.ada, first.id, { decision: 'apply', hash: first.hash, confirmed: [] });

  const again = await inChat('Once.', 'cht_a');
  expect(codes(again)).toContain('made_already');
  // Two that wait are told of each other too.
  await inChat('Twice.', 'cht_a');
  expect(codes(await inChat('Twice.', 'cht_a'))).toContain('made_already');
  await expect(
    approvals.decide(stage.ada, again.id, { decision: 'apply', hash: again.hash, confirmed: [] }),
  ).rejects.toMatchObject({ code: 'invalid_input' });
  expect(codes(await inChat('Something else.', 'cht_a'))).not.toContain('made_already');
  expect(codes(await inChat('Once.', 'cht_b'))).not.toContain('made_already');

  await approvals.undo(stage.ada, first.id);
  await approvals.decide(stage.ada, again.id, { decision: 'reject', hash: again.hash });
  expect(codes(await inChat('Once.', 'cht_a'))).not.toContain('made_already');
});
