import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { type Context, noLimits } from '../index.ts';
import {
  apply,
  bare,
  contextFor,
  preview,
  read,
  sendAs,
  startSite,
  type TestSite,
  undo,
  write,
} from '../sandbox-context.fixture.ts';

let site: TestSite;
let ada: Context;
let ben: Context;
/** Ada, limited to the space HR. */
let elsewhere: Context;

beforeAll(async () => {
  site = await startSite(startSandbox);
  ada = await contextFor(site);
  ben = await contextFor(site, 'ben');
  elsewhere = await contextFor(site, 'ada', { ...noLimits, spaces: ['1008'] });
});
afterAll(() => site.stop());

const code = (wanted: string) => expect.objectContaining({ code: wanted });

/** Sends a request of its own, as a colleague. */
const send = (method: string, path: string, body?: unknown, who: 'ada' | 'ben' = 'ben') =>
  sendAs(site, who, method, path, body);

describe('templates', () => {
  test('are listed for the site, a space and as blueprints, page by page', async () => {
    const all = await read(ada, 'list_templates', {});
    expect(all.text).toContain('**Launch plan**');
    const eng = await read(ada, 'list_templates', { space: 'Engineering', kind: 'all', limit: 3 });
    expect((eng.data.items as { name: string }[]).map((one) => one.name)).toEqual([
      'Design spec',
      'Runbook',
      'Decision',
    ]);
    const rest = await read(ada, 'list_templates', { space: 'ENG', kind: 'all', cursor: eng.data.cursor });
    expect((rest.data.items as { name: string }[]).map((one) => one.name)).toEqual(['Retrospective']);
    await expect(read(elsewhere, 'list_templates', {})).rejects.toEqual(code('forbidden'));
    expect((await read(ada, 'list_templates', { space: 'ONB' })).data.items).toEqual([]);
  });

  async function idOf(name: string, space?: string): Promise<string> {
    const found = await read(ada, 'list_templates', space === undefined ? {} : { space });
    return (found.data.items as { id: string; name: string }[]).find((one) => one.name === name)?.id ?? '';
  }

  test('show their variables; create_page fills them in', async () => {
    const id = await idOf('Launch plan');
    const found = await read(ada, 'get_template', { template_id: id });
    expect(found.text).toContain('product (text); quarter (text)');
    expect(found.text).toContain('Launch of {{product}} in {{quarter}}');
    expect(found.text).toContain('template_values {"product":"…","quarter":"…"}');
    const page = await preview(ada, 'create_page', {
      space: 'PROD',
      title: 'From a template',
      template_id: id,
      template_values: { product: 'R&D arm', quarter: 'Q1' },
    });
    expect(JSON.stringify(page.request)).toContain('R&amp;D arm');
    await expect(read(ada, 'get_template', { template_id: '1' })).rejects.toEqual(code('not_found'));
    await expect(read(elsewhere, 'get_template', { template_id: id })).rejects.toEqual(code('not_found'));
    await expect(read(ada, 'get_template', { template_id: '../x' })).rejects.toEqual(code('invalid_input'));
  });

  test('are made from Markdown with variables, changed, deleted, and each is taken back', async () => {
    const created = await preview(ada, 'create_template', {
      name: 'Incident note',
      space: 'ENG',
      body: '## What happened\n\n{{service}} was ill on {{day}}. `{{service}}` {{other}}',
      variables: [{ name: 'service', type: 'list', options: ['Billing', 'Fleet'] }, { name: 'day' }],
      labels: ['incident'],
    });
    const made = await apply(ada, created);
    expect(made.verification.ok).toBe(true);
    const id = made.outcome.targetId ?? '';
    const raw = await read(ada, 'get_template', { template_id: id, format: 'storage' });
    expect(bare(raw.data.body)).toBe(
      '<at:declarations><at:list at:name="service"><at:option at:value="Billing" /><at:option at:value="Fleet" /></at:list><at:string at:name="day" /></at:declarations><h2>What happened</h2><p><at:var at:name="service" /> was ill on <at:var at:name="day" />. <code>{{service}}</code> {{other}}</p>',
    );
    const changed = await preview(ada, 'update_template', {
      template_id: id,
      name: 'Incident report',
      body: `${String((await read(ada, 'get_template', { template_id: id })).data.body)}\n\n## Cost`,
    });
    const update = await apply(ada, changed);
    expect(update.verification.ok).toBe(true);
    const after = String((await read(ada, 'get_template', { template_id: id, format: 'storage' })).data.body);
    expect(bare(after)).toBe(`${bare(raw.data.body)}<h2>Cost</h2>`);
    expect((await undo(ada, changed, update.outcome)).verification.ok).toBe(true);
    expect((await read(ada, 'get_template', { template_id: id, format: 'storage' })).data.body).toBe(
      raw.data.body,
    );
    const removal = await preview(ada, 'delete_template', { template_id: id });
    const removed = await apply(ada, removal);
    expect(removed.verification.ok).toBe(true);
    const back = await undo(ada, removal, removed.outcome);
    expect(back.verification.ok).toBe(true);
    expect(back.outcome.targetId).not.toBe(id);
  });

  test('an unchanged block keeps its bytes when the rest is rewritten as Markdown', async () => {
    const id = await idOf('Launch plan');
    const before = String(
      (await read(ada, 'get_template', { template_id: id, format: 'storage' })).data.body,
    );
    const markdown = String((await read(ada, 'get_template', { template_id: id })).data.body);
    const proposal = await preview(ada, 'update_template', {
      template_id: id,
      body: markdown.replace('## Risks', '## Dangers'),
    });
    expect(bare((proposal.request.send as { body: string }).body)).toBe(
      bare(before).replace('Risks</h2>', 'Dangers</h2>'),
    );
    await expect(preview(ada, 'update_template', { template_id: id, body: markdown })).rejects.toThrow(
      'so already',
    );
  });

  test('Ben, no admin, is refused; a colleague in between is seen; blueprints cannot be changed', async () => {
    const proposal = await preview(ben, 'create_template', { name: 'Mine', body: 'x' });
    await expect(apply(ben, proposal)).rejects.toEqual(code('forbidden'));
    await expect(preview(elsewhere, 'create_template', { name: 'Mine', body: 'x' })).rejects.toEqual(
      code('forbidden'),
    );
    const id = await idOf('Runbook', 'ENG');
    const update = await preview(ada, 'update_template', { template_id: id, labels: ['ops'] });
    await send(
      'PUT',
      '/wiki/rest/api/template',
      {
        templateId: id,
        name: 'Runbook 2',
        templateType: 'page',
        space: { key: 'ENG' },
        body: { storage: { value: '<p>y</p>', representation: 'storage' } },
      },
      'ada',
    );
    expect((await write('update_template').rebase(ada, update)).kind).toBe('rebased');
    const blueprints = await read(ada, 'list_templates', { kind: 'blueprint' });
    const [blueprint] = blueprints.data.items as { id: string }[];
    await expect(preview(ada, 'delete_template', { template_id: blueprint?.id })).rejects.toEqual(
      code('not_possible'),
    );
  });
});
