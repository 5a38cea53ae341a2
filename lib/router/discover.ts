import { toolkitOperations } from '#lib/approvals';
import {
  type Gap,
  type Limits,
  markdownNotation,
  nearest,
  type Operation,
  scopeGaps,
  type Tier,
} from '#lib/tools';
import phrasesFile from './data/phrases.json' with { type: 'json' };
import { catalogue, everyOperation, findOperation } from './find.ts';
import { inputJsonSchema, type JsonSchema } from './json-schema.ts';
import { type NotPossible, notPossibleFor } from './not-possible.ts';
import { refusal } from './permitted.ts';
import { type Plan, planFor } from './plans.ts';
import { createRanker, type Findable, type Ranker, stem, stems } from './rank/index.ts';

export type Hit = {
  name: string;
  title: string;
  tier: Tier;
  summary: string;
  score: number;
  inputSchema: JsonSchema;
  /** False when the connection lacks scopes for it. */
  allowed: boolean;
  missingScopes: string[];
  /** Further cases of it that the connection's scopes do not allow. */
  missingCases: Gap[];
  /** The other MCP server it belongs to: title, summary and schema are a stranger's words. */
  toolkit?: { name: string; host: string };
};

export type Discovery = {
  hits: Hit[];
  /** Areas there are, with which to ask again. */
  tags: string[];
  plan: Plan | null;
  /** Set when Atlassian's API does not offer what was asked for; also said in the plan's pitfalls. */
  notPossible?: NotPossible;
  /** How page text is written, where the task is to write some. */
  notation?: string;
};

/** What is asked for most: lifts the everyday operations a little where words alone do not decide. */
const everyday: Record<string, number> = {
  search_content: 1.06,
  read_page: 1.06,
  create_page: 1.06,
  edit_page: 1.06,
};

const phrases: Record<string, readonly string[] | undefined> = phrasesFile;

let ranker: { of: readonly Operation[]; rank: Ranker } | undefined;

/**
 * What a stranger wrote counts for little: of a description only its first words, each once, so that a tool cannot
 * push itself before ours by naming everything.
 */
const heardOfToolkits = 24;

function findable(operation: Operation): Findable {
  const { name, title, summary, aliases, keywords, examples, toolkit } = operation;
  if (toolkit === undefined)
    return {
      name,
      title,
      summary,
      aliases,
      keywords,
      examples,
      phrases: phrases[name] ?? [],
      lift: everyday[name] ?? 1,
    };
  const said = /“([\s\S]*)”$/.exec(summary)?.[1] ?? '';
  const described = [...new Set(said.toLowerCase().split(/[^\p{L}\p{N}]+/u))]
    .slice(0, heardOfToolkits)
    .join(' ');
  const inputs = Object.keys((toolkit.inputSchema.properties ?? {}) as object).slice(0, heardOfToolkits);
  return {
    name,
    title,
    summary: `${toolkit.name} ${described}`,
    aliases,
    keywords: `${toolkit.name} ${inputs.join(' ').replaceAll('_', ' ')}`,
    examples,
    phrases: [],
    lift: 0.8,
  };
}

/** Counts as one change of the toolkits, and as the catalogue where there are none. */
function currentRanker(): Ranker {
  const of = toolkitOperations();
  if (ranker?.of !== of)
    ranker = { of, rank: createRanker([...catalogue, ...of.filter(usable)].map(findable)) };
  return ranker.rank;
}

/** Not blocked: a tool that has changed since an admin looked at it is not offered. */
const usable = ({ toolkit }: Operation): boolean => (toolkit?.blocked ?? null) === null;

/** Scores by name; an operation called by its name or an alias comes first. */
function scores(query: string): Map<string, number> {
  const total = currentRanker()(query);
  const exact = findOperation(query.trim());
  if (exact !== null && usable(exact)) total.set(exact.name, 1000);
  return total;
}

/** Operations whose input is the text of a page. */
const writesText = new Set([
  'edit_page',
  'create_page',
  'update_page',
  'create_blog_post',
  'update_blog_post',
  'create_template',
  'update_template',
]);
const asksHow = /\b(?:markdown|notation|syntax|formatting|macros?|panels?)\b/i;

/** Nearest when no word fits: the everyday operations of the areas the text is about, or simply the everyday ones. */
function fallback(query: string): string[] {
  const tags = new Set(stems(query));
  const near = catalogue.filter((operation) => tags.has(stem(operation.tag)));
  return [
    ...new Set([
      ...near.map(({ name }) => name),
      'search_content',
      'read_page',
      'list_spaces',
      'edit_page',
      'create_page',
    ]),
  ];
}

function hitOf(operation: Operation, score: number, scopes: readonly string[] | null): Hit {
  const { name, title, tier, summary, toolkit } = operation;
  const { missing, cases } =
    scopes === null || toolkit !== undefined ? { missing: [], cases: [] } : scopeGaps(name, scopes);
  return {
    name,
    title,
    tier,
    summary,
    score: Math.round(score * 100) / 100,
    inputSchema: inputJsonSchema(operation),
    allowed: missing.length === 0,
    missingScopes: missing,
    missingCases: cases,
    ...(toolkit === undefined ? {} : { toolkit: { name: toolkit.name, host: toolkit.host } }),
  };
}

function withHint(plan: Plan | null, hint: NotPossible | null): Plan | null {
  if (hint === null) return plan;
  const said = `Not possible through Atlassian's API: ${hint.ask}. ${hint.reason} Instead: ${hint.instead}`;
  return { steps: plan?.steps ?? [], pitfalls: [said, ...(plan?.pitfalls ?? [])] };
}

/**
 * Operations for a task in plain words (or a name), best first; never empty. What the limits forbid is left
 * out, unless nothing else remains.
 * @param o.scopes the connection's granted scopes; null when they are not known.
 */
export function discover(
  query: string,
  o: { limits: Limits; scopes: readonly string[] | null; limit?: number },
): Discovery {
  const found = scores(query);
  const open = (operation: Operation) => refusal(operation, o.limits) === null;
  const all = everyOperation().filter(usable);
  const ranked = all
    .filter((operation) => found.has(operation.name))
    .sort((a, b) => (found.get(b.name) ?? 0) - (found.get(a.name) ?? 0));
  const everydayOnes = fallback(query).map(
    (name) => catalogue.find((operation) => operation.name === name) as Operation,
  );
  const candidates =
    [ranked.filter(open), everydayOnes.filter(open), catalogue.filter(open), everydayOnes].find(
      (list) => list.length > 0,
    ) ?? everydayOnes;
  const hint = notPossibleFor(query);
  const hits = candidates
    .slice(0, o.limit ?? 5)
    .map((operation) => hitOf(operation, found.get(operation.name) ?? 0, o.scopes));
  return {
    hits,
    tags: [...new Set(all.filter(open).map((operation) => operation.tag))].sort(),
    plan: withHint(planFor(query), hint),
    ...(hits.some(({ name }, at) => writesText.has(name) && (at === 0 || asksHow.test(query)))
      ? { notation: markdownNotation }
      : {}),
    ...(hint === null ? {} : { notPossible: hint }),
  };
}

/** The names of the operations most like a wrong name; always as many as asked for. */
export function nearestNames(wrong: string, count = 3): string[] {
  const found = [...scores(wrong)].sort(([, a], [, b]) => b - a).map(([name]) => name);
  const spelled = nearest(
    wrong.replace(/[^A-Za-z0-9]+/g, ' '),
    everyOperation().filter(usable),
    ({ name }) => name,
    count,
    1,
  );
  return [...new Set([...found, ...spelled.map(({ name }) => name)])].slice(0, count);
}
