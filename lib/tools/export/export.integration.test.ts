import { strFromU8, unzipSync } from 'fflate';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { database, insertUser } from '#db';
import { openFile } from '#lib/files';
import { startSandbox } from '../../sandbox/index.ts';
import { type Context, noLimits } from '../operation.ts';
import { contextFor, read, startSite, storageOf, type TestSite } from '../sandbox-context.fixture.ts';

let site: TestSite;
let ada: Context;
let ben: Context;
beforeAll(async () => {
  site = await startSite(startSandbox);
  ada = await contextFor(site);
  ben = await contextFor(site, 'ben');
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
afterAll(() => site.stop());

async function made(ctx: Context, name: string, input: Record<string, unknown>) {
  const result = await read(ctx, name, input);
  const id = String(result.data.url).split('/').at(-1) ?? '';
  return { result, file: await openFile(ctx.user.id, id) };
}

async function zipped(ctx: Context, name: string, input: Record<string, unknown>) {
  const { result, file } = await made(ctx, name, input);
  expect(file.mediaType).toBe('application/zip');
  return { result, entries: unzipSync(file.bytes) };
}

describe('export_page', () => {
  test('one page as PDF: its words, its title, its pages', async () => {
    const { result, file } = await made(ada, 'export_page', { pages: ['ENG:API Guidelines'], format: 'pdf' });
    expect(file.name).toBe('API Guidelines.pdf');
    expect(file.bytes.toString('latin1', 0, 5)).toBe('%PDF-');
    const { text, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(file.bytes)), {
      mergePages: true,
    });
    expect(totalPages).toBeGreaterThan(1);
    expect(text).toContain('Naming and versions');
    expect(text).toContain('"]]>" would end the section early');
    expect(text).toMatch(/exported \d{4}-\d\d-\d\d from Halden Robotics/);
    expect(result.data).toMatchObject({ pages: 1, files: 1, completeness: { complete: true } });
  });

  test('Japanese and Arabic are drawn, and what Arabic lacks is said', async () => {
    const pages = ['ONB:دليل الموظف الجديد', 'ENG:ファームウェア更新手順'];
    const { result, entries } = await zipped(ada, 'export_page', { pages, format: 'pdf' });
    expect(result.text).toContain('right to left');
    expect(JSON.stringify(result.data.not_shown)).not.toContain('characters');
    const japanese = Object.entries(entries).find(([name]) => name.includes('ファームウェア'));
    const pdf = await getDocumentProxy(new Uint8Array(japanese?.[1] ?? new Uint8Array()));
    expect((await extractText(pdf, { mergePages: true })).text).toContain('ロボットを充電ドック');
  });

  test('Markdown with its images beside it; HTML with them inside and nothing that could run', async () => {
    const pages = ['PROD:Q3 Billing Engine PRD'];
    const { entries } = await zipped(ada, 'export_page', { pages, format: 'markdown' });
    const names = Object.keys(entries);
    const text = strFromU8(entries['Q3 Billing Engine PRD.md'] ?? new Uint8Array());
    expect(text).toContain('title: "Q3 Billing Engine PRD"');
    expect(text).toContain('](<Q3%20Billing%20Engine%20PRD%20(files)/usage-to-invoice.svg>');
    expect(names).toContain('Q3 Billing Engine PRD (files)/usage-to-invoice.svg');
    const { file } = await made(ada, 'export_page', { pages, format: 'html' });
    const html = file.bytes.toString('utf8');
    expect(html).toContain('data:image/svg+xml;base64,');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<iframe|\son\w+=|src="http/i);
  });

  test('a hostile page stays words', async () => {
    const pages = ['IT:Macro sampler for the migration test'];
    const { result, file } = await made(ada, 'export_page', { pages, format: 'html' });
    const html = file.bytes.toString('utf8');
    expect(html).not.toMatch(
      /<script|<iframe|javascript:|\son\w+=|(src|href)="(?!#|https?:|mailto:|data:image)/i,
    );
    expect(result.text).toContain('macro "jira"');
  });

  test('storage is given to the byte', async () => {
    const { file } = await made(ada, 'export_page', { pages: ['ENG:API Guidelines'], format: 'storage' });
    const id = (await read(ada, 'read_page', { page: 'ENG:API Guidelines' })).data.id;
    expect(file.bytes.toString('utf8')).toBe(await storageOf(ada, String(id)));
  });

  test('children and all files come along, linked to each other', async () => {
    const input = { pages: ['ENG:API Documentation'], format: 'html', children: true, attachments: true };
    const { result, entries } = await zipped(ada, 'export_page', input);
    expect(Number(result.data.pages)).toBeGreaterThan(3);
    expect(Object.keys(entries)).toContain('API Documentation/API Guidelines.html');
    const index = strFromU8(entries['index.html'] ?? new Uint8Array());
    for (const [, href = ''] of index.matchAll(/<a href="([^"#][^"]*)"/g))
      expect(Object.keys(entries)).toContain(decodeURIComponent(href));
    const home = strFromU8(entries['API Documentation.html'] ?? new Uint8Array());
    expect(home).toContain('href="API%20Documentation/API%20Guidelines.html"');
  });

  test('a page that is not seen is not exported', async () => {
    const limited = await contextFor(site, 'ada', { ...noLimits, spaces: ['1'] });
    const input = { pages: ['ENG:API Guidelines'], format: 'markdown' };
    await expect(read(limited, 'export_page', input)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('export_space', () => {
  test('A28: all onboarding documentation as PDFs', async () => {
    const steps: string[] = [];
    const ctx = { ...ada, progress: (text: string) => void steps.push(text) };
    const { result, entries } = await zipped(ctx, 'export_space', { space: 'Onboarding', format: 'pdf' });
    const pdfs = Object.entries(entries).filter(([name]) => name.endsWith('.pdf'));
    expect(pdfs.length).toBe(Number(result.data.pages));
    for (const [name, bytes] of pdfs) expect(strFromU8(bytes.subarray(0, 5), true), name).toBe('%PDF-');
    expect(steps.some((text) => text.startsWith('writing page'))).toBe(true);
    expect(result.text).toContain('Onboarding (pdf).zip');
    expect(result.data.completeness).toMatchObject({ complete: true });
  }, 60_000);

  test('what a search finds, with blog posts only of a space', async () => {
    const found = await zipped(ada, 'export_space', { query: 'label = "policy"', format: 'markdown' });
    expect(Object.keys(found.entries)).toContain('index.md');
    const posts = await zipped(ada, 'export_space', { space: 'MKT', format: 'markdown', blog_posts: true });
    expect(Object.keys(posts.entries).some((name) => name.startsWith('Blog/'))).toBe(true);
  });

  test('Ben gets nothing of HR, and no scope is refused', async () => {
    await expect(read(ben, 'export_space', { space: 'HR', format: 'html' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(read(ada, 'export_space', { format: 'html' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    const stopped = AbortSignal.abort();
    await expect(
      read({ ...ada, signal: stopped }, 'export_space', { space: 'ONB', format: 'html' }),
    ).rejects.toThrow();
  });
});
