import { badRequest, Problem } from '../http/problem.ts';
import type { SearchDocument } from '../search/index.ts';
import { queryStems, rarityOver, relevance } from '../search/text-query.ts';
import { type Asker, fieldOf, isNegative, type Matcher, matcherOf, sorterOf } from './fields.ts';
import { type Clause, clausesOf, type Expression, parseCql } from './parser.ts';

/** Documents that answer a query, in order, and the words to highlight in them. */
export type Found = { documents: SearchDocument[]; words: string[] };

/**
 * Runs CQL over documents. Traps kept from the live service: a negative clause cannot be first (400); unknown
 * fields are 400; an empty siteSearch is a 500; siteSearch is silently dropped unless it is the first or the last
 * clause, and it alone ranks, otherwise the newest come first.
 */
export function runCql(cql: string, documents: SearchDocument[], asker: Asker): Found {
  const query = parseCql(cql);
  const clauses = clausesOf(query.where);
  refuseNegativeStart(query.where);
  for (const clause of clauses) fieldOf(clause.field);
  const heard = clauses.filter(
    (clause, index) => isSiteSearch(clause) && (index === 0 || index === clauses.length - 1),
  );
  const scores = scoresOf(heard, documents);
  const where = query.where && withoutDropped(query.where, heard);
  const matches = where ? matcher(where, asker, scores) : () => true;
  const found = documents.filter(matches);
  const sorters = query.orders.map((order) => {
    const compare = sorterOf(order.field);
    return order.descending ? (a: SearchDocument, b: SearchDocument) => compare(b, a) : compare;
  });
  const ranked = query.orders.length === 0 && heard.length > 0;
  found.sort((a, b) => {
    for (const compare of sorters) {
      const result = compare(a, b);
      if (result !== 0) return result;
    }
    const byScore = ranked ? (scores.get(b) ?? 0) - (scores.get(a) ?? 0) : 0;
    return byScore || b.modified - a.modified;
  });
  return { documents: found, words: highlightWords(clauses) };
}

function isSiteSearch(clause: Clause): boolean {
  return clause.field.toLowerCase() === 'sitesearch';
}

function refuseNegativeStart(expression: Expression | null): void {
  if (expression?.kind === 'both') refuseNegativeStart(expression.left);
  else if (expression?.kind === 'not' || (expression && isNegative(expression.operator)))
    throw badRequest('A query cannot start with a negative clause.');
}

function siteSearchText(clause: Clause): string {
  const value = clause.values[0];
  const text = value?.kind === 'text' ? value.text : '';
  if (text.trim() === '') throw new Problem(500, 'java.lang.IllegalArgumentException: query string is empty');
  return text;
}

/** Scores of the documents that siteSearch finds. */
function scoresOf(heard: Clause[], documents: SearchDocument[]): Map<SearchDocument, number> {
  const scores = new Map<SearchDocument, number>();
  const rarity = rarityOver(documents);
  for (const clause of heard) {
    const stems = queryStems(siteSearchText(clause));
    for (const document of documents) {
      const score = relevance(stems, document, rarity);
      if (score > 0) scores.set(document, score + (scores.get(document) ?? 0));
    }
  }
  return scores;
}

/** The expression without the siteSearch clauses that the service does not hear; null when nothing is left. */
function withoutDropped(expression: Expression, heard: Clause[]): Expression | null {
  if (expression.kind === 'clause')
    return isSiteSearch(expression) && !heard.includes(expression) ? null : expression;
  if (expression.kind === 'not') {
    const inner = withoutDropped(expression.inner, heard);
    return inner && { kind: 'not', inner };
  }
  const left = withoutDropped(expression.left, heard);
  const right = withoutDropped(expression.right, heard);
  return left && right ? { ...expression, left, right } : (left ?? right);
}

function matcher(expression: Expression, asker: Asker, scores: Map<SearchDocument, number>): Matcher {
  if (expression.kind === 'clause')
    return isSiteSearch(expression) ? (one) => scores.has(one) : matcherOf(expression, asker);
  if (expression.kind === 'not') {
    const inner = matcher(expression.inner, asker, scores);
    return (one) => !inner(one);
  }
  const left = matcher(expression.left, asker, scores);
  const right = matcher(expression.right, asker, scores);
  return expression.joint === 'AND' ? (one) => left(one) && right(one) : (one) => left(one) || right(one);
}

function highlightWords(clauses: Clause[]): string[] {
  return clauses
    .filter((clause) => clause.operator === '~')
    .flatMap((clause) =>
      clause.values.flatMap((value) => (value.kind === 'text' ? queryStems(value.text) : [])),
    );
}
