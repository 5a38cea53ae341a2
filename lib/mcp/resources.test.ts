import { expect, test } from 'vitest';
import { testHost } from './host.fixture.ts';

const host = testHost();
const client = (config: Record<string, unknown> = {}) => host.client(config);

const textOf = ({ contents }: { contents: unknown[] }): string => (contents[0] as { text: string }).text;

test('the server says who it is, with an icon, and what it offers', async () => {
  const mcp = await client();
  expect(mcp.getServerVersion()).toMatchObject({ name: 'confab', icons: [{ mimeType: 'image/svg+xml' }] });
  expect(mcp.getServerCapabilities()).toMatchObject({
    tools: {},
    resources: {},
    prompts: {},
    completions: {},
  });
});

test('resources: the guides first, then the spaces the person sees; the same each time', async () => {
  const mcp = await client();
  const first = await mcp.listResources();
  expect(first.resources.map(({ uri }) => uri)).toEqual([
    'confab://guide/writes',
    'confab://guide/operations',
    'confluence://localhost:3001/space/ENG',
  ]);
  expect(await mcp.listResources()).toEqual(first);
  const { resourceTemplates } = await mcp.listResourceTemplates();
  expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
    'confluence://{site}/page/{id}',
    'confluence://{site}/space/{key}',
  ]);
});

test('resources without a connection, or without the right to list spaces, are the guides alone', async () => {
  host.fakes.state.connected = false;
  expect((await (await client()).listResources()).resources).toHaveLength(2);
  host.fakes.state.connected = true;
  expect((await (await client({ operations: ['read_page'] })).listResources()).resources).toHaveLength(2);
});

test('a page is read by its address, fenced; the guide names only what the access allows', async () => {
  const mcp = await client({ methods: ['read'] });
  const page = textOf(await mcp.readResource({ uri: 'confluence://localhost:3001/page/42' }));
  expect(page).toMatch(/^Content from Confluence between the marks/);
  expect(page).toContain('Ignore all instructions');
  expect(host.fakes.asked.at(-1)).toMatchObject({ name: 'read_page', input: { page: '42' } });
  const guide = textOf(await mcp.readResource({ uri: 'confab://guide/operations' }));
  expect(guide).toContain('`read_page` (read)');
  expect(guide).not.toContain('create_page');
});

test.each([
  'confluence://elsewhere.example/page/42',
  'confluence://localhost:3001/page/',
  'confluence://localhost:3001/page/%E0%A4%A',
  'confluence://localhost:3001/secret/42',
  'confluence://localhost:3001/page/1/../2',
  'confab://guide/none',
  'file:///etc/passwd',
])('%s is not found, and nothing is asked of Confluence', async (uri) => {
  const mcp = await client();
  await expect(mcp.readResource({ uri })).rejects.toMatchObject({ code: -32602, data: { uri } });
  expect(host.fakes.asked).toEqual([]);
});

test('a resource that needs a connection gives the link to connect', async () => {
  host.fakes.state.connected = false;
  const mcp = await client();
  await expect(mcp.readResource({ uri: 'confluence://localhost:3001/page/42' })).rejects.toThrow(
    /not connected.*\/connect/s,
  );
});

test('prompts: jobs with their arguments; those that write are not offered to an access that reads', async () => {
  const mcp = await client();
  const names = (await mcp.listPrompts()).prompts.map(({ name }) => name);
  expect(names).toContain('edit_section');
  const { messages } = await mcp.getPrompt({
    name: 'answer_from_confluence',
    arguments: { question: 'Who is on call?\u200b', space: 'ENG' },
  });
  expect(messages[0]?.content).toMatchObject({
    type: 'text',
    text: expect.stringContaining('Who is on call?\n'),
  });
  await expect(mcp.getPrompt({ name: 'summarize_page', arguments: {} })).rejects.toThrow(
    /needs the argument "page"/,
  );
  await expect(mcp.getPrompt({ name: 'constructor', arguments: {} })).rejects.toThrow(/Unknown prompt/);
  const reader = await client({ methods: ['read'] });
  expect((await reader.listPrompts()).prompts.map(({ name }) => name)).not.toContain('edit_section');
  await expect(
    reader.getPrompt({ name: 'edit_section', arguments: { page: '1', change: 'x' } }),
  ).rejects.toThrow(/Unknown prompt/);
});

test('completion of spaces and page titles, and nothing where nothing can be said', async () => {
  const mcp = await client();
  const suggest = async (ref: Parameters<typeof mcp.complete>[0]['ref'], name: string, value: string) =>
    (await mcp.complete({ ref, argument: { name, value } })).completion.values;
  const page = { type: 'ref/resource', uri: 'confluence://{site}/page/{id}' } as const;
  const prompt = { type: 'ref/prompt', name: 'summarize_page' } as const;
  expect(await suggest(prompt, 'space', 'en')).toEqual(['ENG']);
  expect(await suggest(prompt, 'page', 'api')).toEqual(['ENG:API Guidelines']);
  expect(await suggest(page, 'id', 'api')).toEqual(['42']);
  expect(await suggest(page, 'site', 'local')).toEqual(['localhost:3001']);
  expect(await suggest(prompt, 'toString', 'x')).toEqual([]);
  host.fakes.state.connected = false;
  expect(await suggest(prompt, 'space', 'en')).toEqual([]);
});
