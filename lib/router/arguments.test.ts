import { expect, test } from 'vitest';
import type { Operation } from '#lib/tools';
import { readArguments } from './arguments.ts';
import { findOperation } from './find.ts';

const read = (name: string, input: unknown): unknown =>
  readArguments(findOperation(name) as Operation, input);
const fails = (name: string, input: unknown): unknown => {
  try {
    return read(name, input);
  } catch (error) {
    return error;
  }
};

test('what is plainly meant is taken', () => {
  expect(read('read_page', { pageId: 987654321 })).toEqual({ page: '987654321' });
  expect(read('read_page', '{"page_id":"12","maxChars":"500"}')).toEqual({ page: '12', max_chars: 500 });
  expect(read('search_content', { q: 'x', spaces: 'ENG', types: 'Pages', limit: '5' })).toEqual({
    query: 'x',
    spaces: ['ENG'],
    types: ['page'],
    limit: 5,
  });
  expect(read('list_pages', { spaceKey: 'ENG', status: 'Draft' })).toEqual({
    space: 'ENG',
    status: 'draft',
    limit: 25,
  });
  expect(read('create_page', { spaceId: 1001, title: 'T', content: 'x', parentId: 5 })).toEqual({
    space: '1001',
    title: 'T',
    body: 'x',
    parent: '5',
  });
  expect(read('add_label', { pageId: '1', label: 'x' })).toEqual({ ids: ['1'], labels: ['x'] });
  expect(read('edit_page', { page: '1', version: 3, edits: '[{"op":"append","markdown":"x"}]' })).toEqual({
    page: '1',
    base_version: 3,
    edits: [{ op: 'append', markdown: 'x' }],
  });
  expect(read('edit_page', { page: '1', edits: { op: 'append', markdown: 'x' } })).toEqual({
    page: '1',
    edits: [{ op: 'append', markdown: 'x' }],
  });
  expect(read('list_groups', { outputFormat: 'both', cursor: null })).toEqual({ limit: 25 });
});

test('what is wrong is named, with what is right', () => {
  expect(fails('read_page', {})).toMatchObject({
    code: 'invalid_input',
    message: 'page: is required.',
    next: 'page is: id, full URL, tiny link or SPACE:Title.',
  });
  expect(fails('read_page', { page: '1', format: 'html' })).toMatchObject({
    message: 'format: must be one of outline, markdown, storage, adf, view.',
    data: { allowed: expect.arrayContaining(['outline']) },
  });
  expect(fails('read_page', { page: '1', sektion: 'x' })).toMatchObject({
    message: 'read_page has no input "sektion". Did you mean "section"?',
    data: { nearest: 'section' },
  });
  expect(fails('search_content', { query: 'x', limit: 5000 })).toMatchObject({
    code: 'invalid_input',
    data: { field: 'limit' },
  });
  expect(fails('read_page', 'nonsense')).toMatchObject({ code: 'invalid_input' });
  expect(fails('edit_page', { page: '1', edits: [{ op: 'explode' }] })).toMatchObject({
    data: { field: 'edits.0.op' },
  });
});
