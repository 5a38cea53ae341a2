import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { noLimits } from '../index.ts';
import {
  apply,
  contextFor,
  operation,
  preview,
  read,
  startSite,
  type TestSite,
  undo,
  write,
} from '../sandbox-context.fixture.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
afterAll(() => site.stop());

const noChange = async (
  ctx: Awaited<ReturnType<typeof contextFor>>,
  name: string,
  input: Record<string, unknown>,
) => write(name).preview(ctx, operation(name).input.parse(input));

describe('create_space', () => {
  test('A16: a private space with a key from its name, seen by its maker alone; undo while it is empty', async () => {
    const ada = await contextFor(site);
    const proposal = await preview(ada, 'create_space', { name: 'Product Roadmap Drafts', private: true });
    expect(proposal).toMatchObject({
      title: 'Create private space "Product Roadmap Drafts" (PRD)',
      undo: { possible: true },
    });
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification).toMatchObject({ ok: true });
    const made = await read(ada, 'get_space', { space: 'PRD', include: ['permissions'] });
    expect(made.data).toMatchObject({ name: 'Product Roadmap Drafts', owner: 'Ada Moreno' });
    const audit = await read(ada, 'audit_space_access', { spaces: ['PRD'] });
    expect((audit.data.spaces as { people: { name: string }[] }[])[0]?.people.map((one) => one.name)).toEqual(
      ['Ada Moreno'],
    );
    const ben = await contextFor(site, 'ben');
    await expect(read(ben, 'get_space', { space: 'PRD' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await write('create_space').settle(ada, proposal)).toMatchObject({
      kind: 'applied',
      outcome: { targetId: outcome.targetId },
    });
    expect((await write('create_space').rebase(ada, proposal)).kind).toBe('conflict');
    const { inverse } = await undo(await contextFor(site), proposal, outcome);
    expect(inverse.warnings.every((one) => !one.mustConfirm)).toBe(true);
    await expect(read(await contextFor(site), 'get_space', { space: 'PRD' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await write('create_space').settle(await contextFor(site), proposal)).toEqual({
      kind: 'not_applied',
    });
  });

  test('a taken key gives a free one, or says which; a key of a hidden space fails with a reason', async () => {
    const ada = await contextFor(site);
    const proposal = await preview(ada, 'create_space', { name: 'Every New Gadget' });
    expect(proposal.request).toMatchObject({ send: { key: 'ENG2' } });
    await expect(preview(ada, 'create_space', { name: 'X', key: 'eng' })).rejects.toMatchObject({
      code: 'conflict',
      data: { suggestion: 'eng2' },
    });
    await expect(preview(ada, 'create_space', { name: 'X', key: 'not ok' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    const ben = await contextFor(site, 'ben');
    const hidden = await preview(ben, 'create_space', { name: 'Hidden', key: 'HR' });
    await expect(apply(ben, hidden)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('cannot see'),
    });
    expect(await preview(ada, 'create_space', { name: '研究' })).toMatchObject({
      request: { send: { key: 'SPACE' } },
    });
  });

  test('access is copied from another space; undo is refused once something is in it', async () => {
    const ada = await contextFor(site);
    const proposal = await preview(ada, 'create_space', { name: 'People Notes', copy_access_from: 'HR' });
    const { outcome } = await apply(ada, proposal);
    await expect(read(await contextFor(site, 'ben'), 'get_space', { space: 'PN' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await apply(ada, await preview(ada, 'create_page', { space: 'PN', title: 'Kept', body: 'x' }));
    expect(await write('create_space').inverse(await contextFor(site), proposal, outcome)).toMatchObject({
      impossible: expect.stringContaining('put into the space'),
    });
  });

  test('an access limited to spaces makes none', async () => {
    const ctx = await contextFor(site, 'ada', { ...noLimits, spaces: ['1001'] });
    await expect(preview(ctx, 'create_space', { name: 'Not here' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('update_space and archive_space', () => {
  test('name and description change and come back; a colleague in between is seen', async () => {
    const ada = await contextFor(site);
    const before = await read(ada, 'get_space', { space: 'MKT' });
    const proposal = await preview(ada, 'update_space', {
      space: 'Marketing',
      name: 'Brand',
      description: 'New',
    });
    expect(proposal.diff.fields.map((one) => one.label)).toEqual(['Name', 'Description']);
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification.ok).toBe(true);
    expect((await read(await contextFor(site), 'get_space', { space: 'MKT' })).data).toMatchObject({
      name: 'Brand',
      description: 'New',
    });
    expect((await write('update_space').rebase(await contextFor(site), proposal)).kind).toBe('conflict');
    await undo(await contextFor(site), proposal, outcome);
    expect((await read(await contextFor(site), 'get_space', { space: 'MKT' })).data).toMatchObject({
      name: before.data.name,
      description: before.data.description,
    });
    expect(
      await noChange(ada, 'update_space', { space: 'MKT', name: String(before.data.name) }),
    ).toMatchObject({
      noChange: true,
    });
  });

  test('the homepage must be of the space; others than admins are refused before a card', async () => {
    const ada = await contextFor(site);
    await expect(preview(ada, 'update_space', { space: 'MKT', homepage: '5543210' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(preview(ada, 'update_space', { space: 'MKT' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    const ben = await contextFor(site, 'ben');
    for (const [name, input] of [
      ['update_space', { space: 'MKT', name: 'Mine' }],
      ['archive_space', { space: 'MKT' }],
      ['delete_space', { space: 'MKT', confirm_key: 'MKT' }],
    ] as const)
      await expect(preview(ben, name, input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(preview(ben, 'archive_space', { space: 'HR' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('archive, read back, undo', async () => {
    const ada = await contextFor(site);
    const proposal = await preview(ada, 'archive_space', { space: 'Onboarding' });
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification.ok).toBe(true);
    expect((await read(await contextFor(site), 'get_space', { space: 'ONB' })).data.status).toBe('archived');
    expect(await noChange(await contextFor(site), 'archive_space', { space: 'ONB' })).toMatchObject({
      noChange: true,
    });
    await undo(await contextFor(site), proposal, outcome);
    expect((await read(await contextFor(site), 'get_space', { space: 'ONB' })).data.status).toBe('current');
  });
});

describe('delete_space', () => {
  test('counts what goes, needs the key and a tick, waits for the long task, has no undo', async () => {
    const ada = await contextFor(site);
    await expect(preview(ada, 'delete_space', { space: 'ARC', confirm_key: 'ENG' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    const proposal = await preview(ada, 'delete_space', { space: 'ARC', confirm_key: 'arc' });
    expect(proposal.warnings).toMatchObject([{ code: 'deletes_space', mustConfirm: true }]);
    expect(proposal.diff.fields[0]?.before).toMatch(/^\d+ pages .*blog post.*files?/);
    expect(proposal.undo).toMatchObject({ possible: false });
    const { outcome, verification } = await apply(ada, proposal);
    expect(outcome.receipt).toMatchObject({ finished: true });
    expect(verification).toMatchObject({ ok: true, summary: 'The space is gone.' });
    await expect(read(await contextFor(site), 'get_space', { space: 'ARC' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await write('delete_space').inverse(await contextFor(site), proposal, outcome)).toMatchObject({
      impossible: expect.any(String),
    });
    expect(await write('delete_space').settle(await contextFor(site), proposal)).toMatchObject({
      kind: 'applied',
    });
  });

  test('a limited access does not see other spaces', async () => {
    const ctx = await contextFor(site, 'ada', { ...noLimits, spaces: ['1001'] });
    await expect(preview(ctx, 'delete_space', { space: 'MKT', confirm_key: 'MKT' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
