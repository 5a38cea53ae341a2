import { UserError } from '#errors';

/** A CQL string: `\` and then `"` escaped, control characters out. Without this, values could add clauses. */
export function quote(value: string): string {
  const clean = value.replace(/\p{Cc}+/gu, ' ').trim();
  return `"${clean.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

const list = (values: readonly string[]) => values.map(quote).join(', ');

export type Sort = 'relevance' | 'created' | 'updated' | 'title';

/** Everything already resolved: space keys, account ids, CQL dates. */
export type Filters = {
  query?: string;
  /** Any of these words is enough (second try when all words together find nothing). */
  anyOf?: readonly string[];
  spaceKeys?: readonly string[];
  types?: readonly string[];
  labels?: readonly string[];
  creator?: string;
  contributors?: readonly string[];
  createdAfter?: string;
  createdBefore?: string;
  updatedAfter?: string;
  updatedBefore?: string;
  ancestor?: string;
  macro?: string;
  sort?: Sort;
};

const order: Record<Sort, string> = {
  relevance: '',
  created: ' ORDER BY created desc',
  updated: ' ORDER BY lastmodified desc',
  title: ' ORDER BY title asc',
};

/** Characters with a meaning of their own in a full-text query; left in, they cause errors or surprises. */
function words(query: string): string {
  return query
    .replace(/[\\"*?~^(){}[\]:+!&|/<>=]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The words of a question that carry meaning, for the looser second try. */
export function meaningfulWords(query: string): string[] {
  const dull = new Set(
    'a an and any are at by for from how i in is it of on or our the this to was we what where which who with der die das und von el la los las de del y en'.split(
      ' ',
    ),
  );
  return [...new Set(words(query).toLowerCase().split(' '))].filter(
    (word) => word.length > 1 && !dull.has(word),
  );
}

/**
 * CQL of a search. `siteSearch` ranks like Confluence's own search but must be the first or the last clause, or
 * it is dropped silently; so it stands first, and only where results are ordered by relevance.
 */
export function buildCql(filters: Filters): string {
  const clauses: string[] = [];
  const query = words(filters.query ?? '');
  if (query !== '') {
    if ((filters.sort ?? 'relevance') === 'relevance') clauses.push(`siteSearch ~ ${quote(query)}`);
    clauses.push(
      filters.anyOf === undefined
        ? `text ~ ${quote(query)}`
        : `(${filters.anyOf.map((word) => `text ~ ${quote(word)}`).join(' OR ')})`,
    );
  }
  if (filters.types?.length)
    clauses.push(
      filters.types.length === 1 ? `type = ${filters.types[0]}` : `type in (${filters.types.join(', ')})`,
    );
  if (filters.spaceKeys?.length) {
    clauses.push(
      filters.spaceKeys.length === 1
        ? `space = ${list(filters.spaceKeys)}`
        : `space in (${list(filters.spaceKeys)})`,
    );
  }
  for (const label of filters.labels ?? []) clauses.push(`label = ${quote(label)}`);
  if (filters.creator !== undefined) clauses.push(`creator = ${quote(filters.creator)}`);
  if (filters.contributors?.length) clauses.push(`contributor in (${list(filters.contributors)})`);
  if (filters.createdAfter !== undefined) clauses.push(`created >= ${filters.createdAfter}`);
  if (filters.createdBefore !== undefined) clauses.push(`created < ${filters.createdBefore}`);
  if (filters.updatedAfter !== undefined) clauses.push(`lastmodified >= ${filters.updatedAfter}`);
  if (filters.updatedBefore !== undefined) clauses.push(`lastmodified < ${filters.updatedBefore}`);
  if (filters.ancestor !== undefined) clauses.push(`ancestor = ${filters.ancestor}`);
  if (filters.macro !== undefined) clauses.push(`macro = ${quote(filters.macro)}`);
  return clauses.join(' AND ') + order[filters.sort ?? 'relevance'];
}

/**
 * The text with the inside of all quoted strings blanked, so that words in values are not taken for fields or
 * operators. Positions stay.
 */
export function withoutStrings(cql: string): string {
  return cql.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gs, (text) => `"${' '.repeat(text.length - 2)}"`);
}

/** True when every parenthesis closes one that was opened before it. */
function nests(bare: string): boolean {
  let depth = 0;
  for (const sign of bare) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

type Trap = { found: (bare: string) => boolean; message: string; next: string };

const traps: Trap[] = [
  {
    found: (bare) => /(^|[\s(])status\s*(=|!=|in\b|not\s+in\b)/i.test(bare),
    message: 'CQL has no "status" field, and search never returns drafts or archived pages.',
    next: 'Leave it out; list archived, trashed or draft pages with list_pages and its status.',
  },
  {
    found: (bare) =>
      /(^|[\s(])user(\.(fullname|accountid|userkey))?\s*(=|!=|~|!~|in\b)/i.test(bare) ||
      /type\s*=\s*user\b/i.test(bare),
    message: 'Content search takes no user fields.',
    next: 'Find people with search_users, then use creator, contributor or mention with the account id.',
  },
  {
    found: (bare) => /^\s*not\b/i.test(bare),
    message: 'CQL cannot begin with NOT.',
    next: 'Put a positive clause first, for example: type = page AND NOT label = "x".',
  },
  {
    found: (bare) => {
      const clauses = bare.replace(/\border\s+by\b.*$/is, '').split(/\b(?:and|or)\b/i);
      const at = clauses.findIndex((clause) => /\bsiteSearch\b/i.test(clause));
      return at > 0 && at < clauses.length - 1;
    },
    message: 'siteSearch in the middle of a query is dropped silently by Confluence.',
    next: 'Put siteSearch ~ "..." first.',
  },
  {
    // `a) or (b` would step out of the parentheses that limits are put behind.
    found: (bare) => !nests(bare),
    message: 'The parentheses of the CQL do not match.',
    next: 'Close every parenthesis.',
  },
  {
    found: (bare) => /["']/.test(bare.replace(/" *"/g, '')),
    message: 'A quotation mark in the CQL is not closed.',
    next: 'Write \\" for a quotation mark inside a value.',
  },
];

/** Accepts a CQL query as it is. @throws UserError invalid_input for what Confluence refuses or quietly ignores. */
export function checkCql(cql: string): string {
  const text = cql.trim();
  const bare = withoutStrings(text);
  const trap = traps.find((one) => one.found(bare));
  if (trap !== undefined) throw new UserError('invalid_input', trap.message, { next: trap.next });
  return text;
}
