import { expect, test } from 'vitest';
import { noLimits, type Operation, operations } from '#lib/tools';
import { findOperation } from './find.ts';
import { cut, shaped, takeOutput, usualOutput, withSteps } from './output.ts';

const named = (name: string) => findOperation(name) as Operation;
const lines = (count: number) => Array.from({ length: count }, (_, i) => `- line ${i}`).join('\n');
const result = (text: string) => ({ text, data: { items: [1] }, sources: [], label: 'x', untrusted: true });

test('every read takes max_chars, output_format and a place in its text', () => {
  for (const operation of operations.filter(({ tier }) => tier === 'read')) {
    const { output, input } = takeOutput(operation, {
      outputFormat: 'both',
      maxChars: 500,
      cursor: 'text-40-0123abcd',
    });
    expect(output.format, operation.name).toBe('both');
    expect(output.from, operation.name).toEqual({ offset: 40, mark: '0123abcd', own: null });
    expect('cursor' in input).toBe(false);
  }
  expect(noLimits.tags).toBeNull();
});

test('read_page keeps its own max_chars; a cursor that is not a place in the text is the operation’s', () => {
  expect(takeOutput(named('read_page'), { page: '1', max_chars: 300, cursor: 'abc' })).toMatchObject({
    output: { maxChars: 100_000, from: null },
    input: { page: '1', max_chars: 300, cursor: 'abc' },
  });
  expect(takeOutput(named('list_pages'), { next_cursor: 'text-9-0123abcd.own+cursor' }).input).toEqual({
    cursor: 'own+cursor',
  });
});

test.each([
  [{ max_chars: 5 }, 'max_chars'],
  [{ max_chars: 'many' }, 'max_chars'],
  [{ output_format: 'xml' }, 'output_format'],
])('%j is refused in words', (given, field) => {
  expect(() => takeOutput(named('list_spaces'), given)).toThrow(field);
});

test('a long text is cut at a line end, says so, and the parts make up the whole', () => {
  const whole = lines(3000);
  let from: string | null = null;
  let all = '';
  for (let part = 0; part < 10; part++) {
    const { output } = takeOutput(named('list_spaces'), from === null ? {} : { cursor: from });
    const { text, note } = cut(whole, output);
    expect(text.length).toBeLessThanOrEqual(12_000);
    all += text;
    from = /cursor "(text-[^"]+)"/.exec(note ?? '')?.[1] ?? null;
    if (from === null) break;
    expect(text.endsWith('\n')).toBe(true);
  }
  expect(all).toBe(whole);
});

test('the place carries the own cursor of the operation; a changed text is said to have changed', () => {
  const { note } = cut(lines(3000), usualOutput, 'page2');
  expect(note).toMatch(/cursor "text-\d+-[0-9a-f]{8}\.page2"/);
  const { output } = takeOutput(named('list_spaces'), { cursor: 'text-5-00000000' });
  expect(cut('something else', output).note).toContain('has changed');
  expect(
    cut('short', takeOutput(named('list_spaces'), { cursor: 'text-99-00000000' }).output).note,
  ).toContain('There is no more');
});

test('one line without an end is cut between whole characters', () => {
  const { text } = cut('😀'.repeat(20_000), { ...usualOutput, maxChars: 201 });
  expect(text).toBe('😀'.repeat(100));
});

test('a host with text only finds the data in it when it asks for it', () => {
  const ask = (format: 'verbose' | 'structured' | 'both', inText: boolean) =>
    shaped(result('words'), { ...usualOutput, format }, { inText, ownCursor: null }).result.text;
  expect(ask('verbose', true)).toBe('words');
  expect(JSON.parse(ask('structured', true))).toEqual({ items: [1] });
  expect(ask('both', true)).toMatch(/^words\n\n\{/);
  expect(ask('structured', false)).toBe('words');
});

test('a plan gives a model the inputs it has to propose', () => {
  const target = { kind: 'page' as const, id: '7', title: 'P', space: null, url: null };
  const items = [
    { operation: 'add_label', input: { page: '7', labels: ['x'] }, title: 't', target, why: '' },
  ];
  const shown = withSteps({ ...result('Plan: 1 step.'), items });
  expect(shown.text).toContain('1. add_label {"page":"7","labels":["x"]}');
  expect(Object.keys(shown)).not.toContain('items');
  expect(withSteps({ ...result('Nothing.'), items: [] }).text).toBe('Nothing.');
});
