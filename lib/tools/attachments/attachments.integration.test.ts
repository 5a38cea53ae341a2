import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { database, insertUser } from '#db';
import { openFile, saveFile } from '#lib/files';
import { startSandbox } from '../../sandbox/index.ts';
import { type Context, type Limits, noLimits } from '../index.ts';
import {
  apply,
  contextFor,
  preview,
  read,
  startSite,
  type TestSite,
  undo,
  write,
} from '../sandbox-context.fixture.ts';

const only = (...spaces: string[]): Limits => ({ ...noLimits, spaces });
const page = '567192195';
const pdf = 'att764424641';
const map = 'att887966719';
type File = { id: string; filename: string; version: number; size: number; comment: string };

let site: TestSite;
let ada: Context;
let ben: Context;
beforeAll(async () => {
  site = await startSite(startSandbox);
  for (const id of ['usr_ada', 'usr_ben'])
    await insertUser(await database(), {
      id,
      name: id,
      email: `${id}@halden.example`,
      role: 'member',
      password_hash: null,
      atlassian_account_id: null,
      demo_key: null,
      created_at: 1,
      disabled_at: null,
    });
}, 60_000);
beforeEach(async () => {
  await fetch(`${site.sandbox.url}/_sandbox/reset`, { method: 'POST' });
  ada = await contextFor(site);
  ben = await contextFor(site, 'ben');
});
afterAll(() => site.stop());

const give = async (name: string, text: string, mediaType = 'text/plain', who = 'usr_ada'): Promise<string> =>
  (await saveFile(who, { name, mediaType, bytes: new TextEncoder().encode(text) })).id;
const files = async (ctx: Context, id = page): Promise<File[]> =>
  (await read(ctx, 'list_attachments', { id })).data.items as File[];
const named = async (name: string, id = page): Promise<File | undefined> =>
  (await files(ada, id)).find((file) => file.filename === name);
const textOf = async (attachment: string, version?: number): Promise<string> =>
  String(
    (await read(ada, 'download_attachment', { attachment, as: 'text', ...(version ? { version } : {}) })).data
      .text,
  );

describe('download_attachment', () => {
  test('as a file for the person alone, by id, by page and name, by name', async () => {
    for (const attachment of [pdf, pdf.slice(3), 'ONB:Your first day / first-day.pdf', 'first-day.pdf']) {
      const { data, text } = await read(ada, 'download_attachment', { attachment });
      expect(data, attachment).toMatchObject({
        as: 'file',
        attachment: { id: pdf, filename: 'first-day.pdf' },
      });
      expect(text).toContain(String(data.url));
      const file = await openFile('usr_ada', String(data.url).split('/').at(-1) ?? '');
      expect(file.bytes.toString('latin1').slice(0, 8)).toBe('%PDF-1.4');
    }
    await expect(read(ada, 'download_attachment', { attachment: 'radio.csv' })).rejects.toMatchObject({
      code: 'ambiguous',
    });
    await expect(read(ada, 'download_attachment', { attachment: 'no such.csv' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('as text, cut where asked; a picture has none, and says so', async () => {
    const whole = await textOf(pdf);
    expect(whole.length).toBeGreaterThan(20);
    const long = await read(ada, 'download_attachment', {
      attachment: 'att562609774',
      as: 'text',
      max_chars: 10,
    });
    expect(long).toMatchObject({ untrusted: true, data: { truncated: true } });
    expect(String(long.data.text)).toHaveLength(10);
    expect(long.text).toContain('Ask with a larger max_chars');
    await expect(read(ada, 'download_attachment', { attachment: map, as: 'text' })).rejects.toMatchObject({
      code: 'not_possible',
    });
  });

  test('as a picture beside text and data, with the link for hosts without pictures', async () => {
    for (const as of ['image', 'thumbnail'] as const) {
      const { data, text, image } = await read(ada, 'download_attachment', { attachment: map, as });
      expect(image?.mediaType).toBe('image/png');
      expect(data.image).toMatchObject({ media_type: 'image/png' });
      const base64 = image?.base64 ?? '';
      expect(Buffer.from(base64, 'base64').subarray(1, 4).toString()).toBe('PNG');
      expect(`${text}${JSON.stringify(data)}`).not.toContain(base64.slice(0, 40));
      expect(text).toContain(String(data.url));
    }
    await expect(read(ada, 'download_attachment', { attachment: pdf, as: 'image' })).rejects.toMatchObject({
      code: 'not_possible',
    });
  });

  test('not for who does not see the page, nor outside the allowed spaces', async () => {
    const hidden = { attachment: 'att733187680', as: 'text' };
    expect((await read(ada, 'download_attachment', hidden)).data.text).toBeTruthy();
    await expect(read(ben, 'download_attachment', hidden)).rejects.toMatchObject({ code: 'not_found' });
    const away = await contextFor(site, 'ada', only('1'));
    for (const [name, input] of [
      ['download_attachment', { attachment: pdf }],
      ['download_attachment', { attachment: 'first-day.pdf' }],
    ] as const)
      await expect(read(away, name, input)).rejects.toMatchObject({ code: 'not_found' });
    for (const [name, input] of [
      ['update_attachment', { attachment: pdf, comment: 'x' }],
      ['delete_attachment', { attachments: [pdf] }],
      ['upload_attachment', { id: page, files: [await give('a.txt', 'a')] }],
    ] as const)
      await expect(preview(away, name, input), name).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('upload_attachment', () => {
  test('new files: exactly the bytes that were shown, found after a crash, undone into the trash', async () => {
    const ids = [await give('plan.csv', 'a,ü\n'), await give('Grüße "1".md', '# Hi', 'text/markdown')];
    const proposal = await preview(ada, 'upload_attachment', { id: page, files: ids, comment: 'für Ben' });
    expect(proposal).toMatchObject({
      title: 'Upload 2 files to "Your first day"',
      undo: { possible: true },
      warnings: [],
    });
    expect(await write('upload_attachment').settle(ada, proposal)).toEqual({ kind: 'not_applied' });
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification).toMatchObject({ ok: true });
    expect(await write('upload_attachment').settle(ada, proposal)).toMatchObject({
      kind: 'applied',
      outcome: { receipt: { ids: { length: 2 } } },
    });
    const made = await named('plan.csv');
    expect(made).toMatchObject({ version: 1, size: 5, comment: 'für Ben' });
    expect(await textOf(made?.id ?? '')).toBe('a,ü\n');
    const back = await undo(ada, proposal, outcome);
    expect(back.inverse.operation).toBe('delete_attachment');
    expect(back.verification.ok).toBe(true);
    expect(await named('plan.csv')).toBeUndefined();
  });

  test('a new version says so; its undo uploads the old bytes again', async () => {
    const before = await textOf('att336228877');
    const safety = '238125384';
    const proposal = await preview(ada, 'upload_attachment', {
      id: safety,
      files: [await give('safety-quiz.csv', 'question,answer\n', 'text/csv')],
    });
    expect(proposal.warnings).toMatchObject([{ code: 'new_version' }]);
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification.ok).toBe(true);
    expect(await textOf('att336228877')).toBe('question,answer\n');
    expect(await textOf('att336228877', 1)).toBe(before);
    const back = await undo(ada, proposal, outcome);
    expect(back.inverse.operation).toBe('upload_attachment');
    expect(back.verification.ok).toBe(true);
    expect(await textOf('att336228877')).toBe(before);
    expect(await named('safety-quiz.csv', safety)).toMatchObject({ version: 3 });
  });

  test('a file that has expired, or is another person’s, is refused, before and at apply', async () => {
    const foreign = await give('b.txt', 'b', 'text/plain', 'usr_ben');
    await expect(preview(ada, 'upload_attachment', { id: page, files: [foreign] })).rejects.toMatchObject({
      code: 'not_found',
    });
    const proposal = await preview(ada, 'upload_attachment', { id: page, files: [await give('c.txt', 'c')] });
    const request = proposal.request as { send: { files: { fileId: string; sha256: string }[] } };
    const [file] = request.send.files;
    const changed = (more: object) => ({
      ...proposal,
      request: { ...proposal.request, send: { ...request.send, files: [{ ...file, ...more }] } },
    });
    await expect(
      write('upload_attachment').apply(ada, changed({ fileId: 'fil_gone' })),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(write('upload_attachment').apply(ada, changed({ sha256: 'other' }))).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await named('c.txt')).toBeUndefined();
  });

  test('a colleague uploads the same name meanwhile: shown again as a new version', async () => {
    const proposal = await preview(ada, 'upload_attachment', {
      id: page,
      files: [await give('d.txt', 'mine')],
    });
    const theirs = await give('d.txt', 'theirs', 'text/plain', 'usr_ben');
    await apply(ben, await preview(ben, 'upload_attachment', { id: page, files: [theirs] }));
    const state = await write('upload_attachment').rebase(ada, proposal);
    if (state.kind !== 'rebased') throw new Error(state.kind);
    expect(state.proposal.warnings).toMatchObject([{ code: 'new_version' }]);
  });

  test('trap: too large is a 404 of Confluence, and told as what it is', async () => {
    await fetch(`${site.sandbox.url}/_sandbox/limits`, {
      method: 'POST',
      body: JSON.stringify({ attachment_bytes: 3 }),
    });
    const proposal = await preview(ada, 'upload_attachment', {
      id: page,
      files: [await give('e.txt', 'four')],
    });
    await expect(write('upload_attachment').apply(ada, proposal)).rejects.toMatchObject({
      code: 'too_large',
    });
  });
});

describe('update_attachment and delete_attachment', () => {
  test('renamed, described and moved, and all of it back', async () => {
    const proposal = await preview(ada, 'update_attachment', {
      attachment: map,
      filename: 'office.png',
      comment: 'Ground floor',
      move_to: 'Onboarding Home',
    });
    expect(proposal.diff.fields.map(({ label }) => label)).toEqual(['File name', 'Comment', 'On page']);
    expect(proposal.warnings).toMatchObject([{ code: 'still_used' }]);
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification.ok).toBe(true);
    expect((await undo(ada, proposal, outcome)).verification.ok).toBe(true);
    expect(await named('office-map.png')).toMatchObject({ id: map, comment: '' });
    await expect(
      preview(ada, 'update_attachment', { attachment: map, filename: 'first-day.pdf' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      preview(ada, 'update_attachment', { attachment: map, filename: 'office-map.png' }),
    ).rejects.toThrow(/already/);
  });

  test('a new version meanwhile: 409, then shown again', async () => {
    const proposal = await preview(ada, 'update_attachment', { attachment: pdf, comment: 'New' });
    const theirs = await give('first-day.pdf', '%PDF new', 'application/pdf', 'usr_ben');
    await apply(ben, await preview(ben, 'upload_attachment', { id: page, files: [theirs] }));
    await expect(write('update_attachment').apply(ada, proposal)).rejects.toMatchObject({ code: 'conflict' });
    expect(await write('update_attachment').rebase(ada, proposal)).toMatchObject({ kind: 'rebased' });
  });

  test('deleting says what breaks and that there is no way back by API', async () => {
    const proposal = await preview(ada, 'delete_attachment', { attachments: [map, pdf] });
    expect(proposal.warnings.some(({ code }) => code === 'still_used')).toBe(true);
    expect(proposal.undo).toMatchObject({ possible: false });
    const { verification } = await apply(ada, proposal);
    expect(verification.ok).toBe(true);
    expect(await named('first-day.pdf')).toBeUndefined();
    expect(await write('delete_attachment').rebase(ada, proposal)).toMatchObject({ kind: 'conflict' });
  });

  test('Ben sees no file of a space that is not his', async () => {
    for (const [name, input] of [
      ['update_attachment', { attachment: 'att733187680', comment: 'x' }],
      ['delete_attachment', { attachments: ['att733187680'] }],
    ] as const)
      await expect(preview(ben, name, input)).rejects.toMatchObject({ code: 'not_found' });
  });
});
