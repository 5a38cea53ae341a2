import { badRequest } from '../http/problem.ts';
import { words } from '../search/words.ts';
import type { Person } from '../types.ts';
import type { Asker } from './fields.ts';
import { type Clause, type Expression, parseCql } from './parser.ts';

/** Runs the CQL of `/search/user`: fields user, user.fullname (`~` only), user.accountid; `type = user` is let through. */
export function runUserCql(cql: string, people: Person[], asker: Asker): Person[] {
  const { where } = parseCql(cql);
  return where ? people.filter(test(where, asker)) : people;
}

function test(expression: Expression, asker: Asker): (person: Person) => boolean {
  if (expression.kind === 'not') {
    const inner = test(expression.inner, asker);
    return (person) => !inner(person);
  }
  if (expression.kind === 'both') {
    const left = test(expression.left, asker);
    const right = test(expression.right, asker);
    return expression.joint === 'AND'
      ? (person) => left(person) && right(person)
      : (person) => left(person) || right(person);
  }
  return clauseTest(expression, asker);
}

function clauseTest(clause: Clause, asker: Asker): (person: Person) => boolean {
  const field = clause.field.toLowerCase();
  const values = clause.values.map((value) => {
    if (value.kind === 'text') return value.text;
    if (value.name.toLowerCase() === 'currentuser') return asker.person.accountId;
    throw badRequest(`Could not parse cql : the function '${value.name}' does not fit here.`);
  });
  if (field === 'user.fullname') {
    if (clause.operator !== '~') throw badRequest("Field 'user.fullname' supports only the operator '~'.");
    const wanted = words((values[0] ?? '').replaceAll('*', ' '));
    return (person) => {
      const names = words(person.name);
      return wanted.length > 0 && wanted.every((word) => names.some((name) => name.startsWith(word)));
    };
  }
  if (field === 'type') return () => values.some((value) => value.toLowerCase() === 'user');
  if (field !== 'user' && field !== 'user.accountid')
    throw badRequest(
      `No field exists with name : '${clause.field}'. Fields: user, user.fullname, user.accountid`,
    );
  if (clause.operator === '~' || clause.operator === '!~')
    throw badRequest(`Field '${clause.field}' does not support the operator '${clause.operator}'.`);
  const negative = clause.operator === '!=' || clause.operator === 'NOT IN';
  return (person) => values.includes(person.accountId) !== negative;
}
