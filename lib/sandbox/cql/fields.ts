import { badRequest } from '../http/problem.ts';
import type { SearchDocument } from '../search/index.ts';
import { matchesText, readTextQuery } from '../search/text-query.ts';
import { wordList } from '../search/words.ts';
import type { Person } from '../types.ts';
import { readDate } from './dates.ts';
import type { Clause, Operator, Value } from './parser.ts';

/** Who asks, and when: functions and dates of a query depend on both. */
export type Asker = { person: Person; now: number };
export type Matcher = (document: SearchDocument) => boolean;
type FieldKind = 'exact' | 'person' | 'date' | 'text' | 'title' | 'siteSearch';
type Field = { kind: FieldKind; values: (document: SearchDocument) => string[]; sortable?: boolean };

const lower = (text: string): string => text.toLowerCase();
// Confluence's names for content types; an `embed` may be called `smartlink`.
const knownTypes = [
  'page',
  'blogpost',
  'comment',
  'attachment',
  'space',
  'whiteboard',
  'database',
  'embed',
  'smartlink',
  'folder',
];

const spaceKey: Field = { kind: 'exact', values: (one) => [one.space.key], sortable: true };
const ownId: Field = {
  kind: 'exact',
  values: (one) => (one.kind === 'space' ? [] : [one.id]),
  sortable: true,
};
const nobody: Field = { kind: 'person', values: () => [] };
const time = (pick: (one: SearchDocument) => number): Field => ({
  kind: 'date',
  values: (one) => [String(pick(one))],
  sortable: true,
});

/** The fields of `/search`, by lower-case name. */
export const fields: Record<string, Field> = {
  ancestor: { kind: 'exact', values: (one) => one.ancestorIds },
  parent: { kind: 'exact', values: (one) => (one.parentId ? [one.parentId] : []) },
  content: ownId,
  id: ownId,
  created: time((one) => one.created),
  lastmodified: time((one) => one.modified),
  creator: { kind: 'person', values: (one) => [one.creator], sortable: true },
  contributor: { kind: 'person', values: (one) => one.contributors },
  mention: { kind: 'person', values: (one) => one.mentions },
  watcher: { kind: 'person', values: (one) => one.watchers ?? [] },
  favourite: nobody,
  favorite: nobody,
  label: { kind: 'exact', values: (one) => one.labels },
  macro: { kind: 'exact', values: (one) => one.macros },
  pagestatus: { kind: 'exact', values: (one) => (one.pageStatus ? [one.pageStatus] : []) },
  space: spaceKey,
  'space.key': spaceKey,
  'space.type': { kind: 'exact', values: (one) => [one.space.type], sortable: true },
  'space.title': { kind: 'title', values: (one) => [one.space.name], sortable: true },
  subtype: { kind: 'exact', values: (one) => (one.subtype ? [one.subtype] : []) },
  text: { kind: 'text', values: () => [] },
  title: { kind: 'title', values: (one) => [one.title], sortable: true },
  type: {
    kind: 'exact',
    values: (one) => (one.kind === 'embed' ? ['embed', 'smartlink'] : [one.kind]),
    sortable: true,
  },
  sitesearch: { kind: 'siteSearch', values: () => [] },
};

const allowed: Record<FieldKind, readonly Operator[]> = {
  exact: ['=', '!=', 'IN', 'NOT IN'],
  person: ['=', '!=', 'IN', 'NOT IN'],
  date: ['=', '!=', '>', '>=', '<', '<='],
  text: ['~', '!~'],
  title: ['=', '!=', '~', '!~', 'IN', 'NOT IN'],
  siteSearch: ['~'],
};

/** The field of a clause, or 400: unknown (there is no `status`), or a user field, which `/search` rejects. */
export function fieldOf(name: string): Field {
  const key = lower(name);
  if (key === 'user' || key.startsWith('user.'))
    throw badRequest(`User fields are not supported by this resource: '${name}'. Use /rest/api/search/user.`);
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (!field)
    throw badRequest(
      `No field exists with name : '${name}'. Fields: ${Object.keys(fields).sort().join(', ').replace('sitesearch', 'siteSearch')}`,
    );
  return field;
}

/** A clause as a test on documents (siteSearch is done by the evaluator). */
export function matcherOf(clause: Clause, asker: Asker): Matcher {
  const field = fieldOf(clause.field);
  if (!allowed[field.kind].includes(clause.operator))
    throw badRequest(`Field '${clause.field}' does not support the operator '${clause.operator}'.`);
  const negative = isNegative(clause.operator);
  const positive =
    field.kind === 'date' ? dateMatcher(clause, field, asker) : textMatcher(clause, field, asker);
  return negative && field.kind !== 'date' ? (document) => !positive(document) : positive;
}

export function isNegative(operator: Operator): boolean {
  return operator === '!=' || operator === '!~' || operator === 'NOT IN';
}

function plainValue(value: Value, asker: Asker): string {
  if (value.kind === 'text') return value.text;
  if (lower(value.name) === 'currentuser') return asker.person.accountId;
  throw badRequest(`Could not parse cql : the function '${value.name}' does not fit here.`);
}

function textMatcher(clause: Clause, field: Field, asker: Asker): Matcher {
  const values = clause.values.map((value) => plainValue(value, asker));
  if (clause.operator === '~' || clause.operator === '!~') {
    const query = readTextQuery(values[0] ?? '');
    return field.kind === 'text'
      ? (one) => matchesText(query, [one.titleWords, one.bodyWords, one.labelWords])
      : (one) =>
          matchesText(query, lower(clause.field) === 'title' ? [one.titleWords] : [wordList(one.space.name)]);
  }
  if (lower(clause.field) === 'type') {
    const unknown = values.find((value) => !knownTypes.includes(lower(value)));
    if (unknown !== undefined)
      throw badRequest(`Unsupported value for type: '${unknown}'. Types: ${knownTypes.join(', ')}`);
  }
  const wanted = new Set(values.map(lower));
  return (one) => field.values(one).some((value) => wanted.has(lower(value)));
}

const comparisons: Partial<
  Record<Operator, (moment: number, span: { from: number; to: number }) => boolean>
> = {
  '=': (moment, { from, to }) => moment >= from && moment < to,
  '!=': (moment, { from, to }) => moment < from || moment >= to,
  '>': (moment, { to }) => moment >= to,
  '>=': (moment, { from }) => moment >= from,
  '<': (moment, { from }) => moment < from,
  '<=': (moment, { to }) => moment < to,
};

function dateMatcher(clause: Clause, field: Field, asker: Asker): Matcher {
  const value = clause.values[0];
  const compare = comparisons[clause.operator];
  if (!value || !compare) throw badRequest(`Field '${clause.field}' needs a date.`);
  const span = readDate(value, asker.person.timeZone, asker.now);
  return (one) => field.values(one).some((moment) => compare(Number(moment), span));
}

/** A comparison for ORDER BY, ascending; 400 for a field with several values or none to sort by. */
export function sorterOf(name: string): (a: SearchDocument, b: SearchDocument) => number {
  const field = fieldOf(name);
  if (!field.sortable) throw badRequest(`Field '${name}' cannot be used in ORDER BY.`);
  const numeric = field.kind === 'date' || lower(name) === 'id' || lower(name) === 'content';
  return (a, b) => {
    const [left = '', right = ''] = [field.values(a)[0], field.values(b)[0]];
    return numeric
      ? Number(left.replace(/\D/g, '')) - Number(right.replace(/\D/g, ''))
      : left.localeCompare(right);
  };
}
