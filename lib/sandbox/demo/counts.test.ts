import { expect, test } from 'vitest';
import { readTasks } from '../rest/task-body.ts';
import { comments, contents, current, demo, everything, pages, spaces, templates } from './walk.ts';

const [robotics] = demo.sites;
if (!robotics) throw new Error('The demo has no site.');
const own = contents.filter(({ space }) => robotics.spaces.includes(space));
const all = <T>(pick: (page: (typeof contents)[number]['page']) => readonly T[] | undefined): T[] =>
  own.flatMap(({ page }) => [...(pick(page) ?? [])]);
const count = (pattern: RegExp) => [...everything.matchAll(pattern)].length;

test('spaces, pages, posts: enough of each, and four deep', () => {
  expect(robotics.spaces.filter(({ type }) => type !== 'personal').length).toBeGreaterThanOrEqual(8);
  expect(pages.filter(({ space }) => robotics.spaces.includes(space)).length).toBeGreaterThanOrEqual(150);
  expect(own.filter(({ post }) => post).length).toBeGreaterThanOrEqual(20);
  type Page = (typeof contents)[number]['page'];
  const depth = (page: Page): number => 1 + Math.max(0, ...(page.children ?? []).map(depth));
  expect(spaces.filter(({ homepage }) => depth(homepage) >= 4).length).toBeGreaterThanOrEqual(2);
});

test('comments of every kind, attachments, versions, labels, tasks, templates', () => {
  expect(comments.length).toBeGreaterThanOrEqual(60);
  expect(comments.filter(({ inline }) => !inline).length).toBeGreaterThanOrEqual(30);
  expect(comments.filter(({ inline }) => inline).length).toBeGreaterThanOrEqual(8);
  expect(comments.filter(({ resolved }) => resolved).length).toBeGreaterThanOrEqual(8);
  expect(comments.filter(({ replies = [] }) => replies.length > 0).length).toBeGreaterThanOrEqual(15);
  const files = all((page) => page.attachments);
  expect(files.length).toBeGreaterThanOrEqual(40);
  expect(new Set(files.map(({ mediaType }) => mediaType)).size).toBeGreaterThanOrEqual(5);
  expect(own.filter(({ page }) => page.versions.length > 1).length).toBeGreaterThanOrEqual(10);
  expect(new Set(all((page) => page.labels)).size).toBeGreaterThanOrEqual(15);
  const tasks = own.flatMap(({ page }) => readTasks(current(page)));
  expect(tasks.length).toBeGreaterThanOrEqual(20);
  expect(tasks.filter(({ status }) => status === 'complete').length).toBeGreaterThanOrEqual(5);
  expect(
    tasks.filter(({ assignee, due }) => assignee !== null && due !== null).length,
  ).toBeGreaterThanOrEqual(3);
  expect(templates.length).toBeGreaterThanOrEqual(4);
});

test('views over a year, groups, restrictions, an audit log, people', () => {
  const ages = all((page) => page.views).map(({ at }) => at);
  for (let month = 0; month < 12; month++)
    expect(ages.some((at) => at >= 30 * month && at < 30 * (month + 1))).toBe(true);
  expect(robotics.groups.length).toBeGreaterThanOrEqual(8);
  expect(own.filter(({ page }) => page.readRestriction).length).toBeGreaterThanOrEqual(2);
  expect(own.filter(({ page }) => page.updateRestriction).length).toBeGreaterThanOrEqual(1);
  expect(robotics.audit?.length).toBeGreaterThanOrEqual(15);
  expect(demo.people.length).toBeGreaterThanOrEqual(17);
});

test('bodies: macros of every common kind, layouts, merged cells, what is odd, and other scripts', () => {
  const macros = new Set(
    [...everything.matchAll(/<ac:structured-macro[^>]*\bac:name="([^"]+)"/g)].map((one) => one[1]),
  );
  for (const name of 'code info note tip warning panel expand toc children excerpt excerpt-include include jira status details detailssummary anchor attachments view-file'.split(
    ' ',
  ))
    expect(macros, name).toContain(name);
  for (const [what, pattern] of Object.entries({
    layout: /<ac:layout-section/g,
    'merged cell': /\b(?:colspan|rowspan)="[2-9]"/g,
    'task list': /<ac:task-list/g,
    mention: /<ri:user /g,
    emoticon: /<ac:emoticon/g,
    image: /<ac:image/g,
    date: /<time /g,
    'split CDATA': /\]\]\]\]><!\[CDATA\[>/g,
    'adf-extension': /<ac:adf-extension/g,
    'inline-comment marker': /<ac:inline-comment-marker/g,
    Japanese: /[\u3040-\u30ff]{4}/g,
    Arabic: /[\u0600-\u06ff]{4}/g,
  }))
    expect(count(pattern), what).toBeGreaterThan(0);
  const nested =
    /<ac:structured-macro[^>]*ac:name="(?:expand|panel)"[^>]*>(?:(?!<\/ac:structured-macro>)[\s\S])*<ac:structured-macro[^>]*ac:name="(?:expand|panel)"/g;
  expect(count(nested)).toBeGreaterThan(0);
  const sizes = own.map(({ page }) => Buffer.byteLength(current(page)));
  expect(Math.max(...sizes)).toBeGreaterThan(195_000);
  expect(sizes.filter((size) => size === 0).length).toBeGreaterThanOrEqual(1);
});
