import { cannotParse, lex, type Token } from './lexer.ts';

export type Value =
  | { kind: 'text'; text: string }
  | { kind: 'call'; name: string; argument: string | undefined };
export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'IN' | 'NOT IN' | '~' | '!~';
export type Clause = { kind: 'clause'; field: string; operator: Operator; values: Value[] };
export type Expression =
  | Clause
  | { kind: 'not'; inner: Expression }
  | { kind: 'both'; joint: 'AND' | 'OR'; left: Expression; right: Expression };
export type Order = { field: string; descending: boolean };
export type CqlQuery = { where: Expression | null; orders: Order[] };

/** Reads CQL: clauses joined by AND, OR, NOT and parentheses, else left to right, and an ORDER BY. */
export function parseCql(cql: string): CqlQuery {
  return new Parser(cql).query();
}

class Parser {
  readonly #cql: string;
  readonly #tokens: Token[];
  #at = 0;

  constructor(cql: string) {
    this.#cql = cql;
    this.#tokens = lex(cql);
  }

  query(): CqlQuery {
    const where = this.#isWord('order') ? null : this.#expression();
    const orders = this.#isWord('order') ? this.#orders() : [];
    const rest = this.#tokens[this.#at];
    if (rest) throw cannotParse(this.#cql, `Unexpected '${rest.text}' at position ${rest.at}.`);
    if (!where && orders.length === 0) throw cannotParse(this.#cql, 'The query is empty.');
    return { where, orders };
  }

  #expression(): Expression {
    let left = this.#factor();
    for (;;) {
      const joint = this.#isWord('and') ? 'AND' : this.#isWord('or') ? 'OR' : undefined;
      if (!joint) return left;
      this.#at += 1;
      left = { kind: 'both', joint, left, right: this.#factor() };
    }
  }

  #factor(): Expression {
    if (this.#isWord('not')) {
      this.#at += 1;
      return { kind: 'not', inner: this.#factor() };
    }
    if (this.#isSign('(')) {
      this.#at += 1;
      const inner = this.#expression();
      this.#expectSign(')');
      return inner;
    }
    return this.#clause();
  }

  #clause(): Clause {
    const field = this.#next('a field');
    if (field.kind === 'sign') throw cannotParse(this.#cql, `Expected a field at position ${field.at}.`);
    const operator = this.#operator();
    const values = operator === 'IN' || operator === 'NOT IN' ? this.#list() : [this.#value()];
    return { kind: 'clause', field: field.text, operator, values };
  }

  #operator(): Operator {
    const token = this.#next('an operator');
    const word = token.text.toUpperCase();
    if (token.kind === 'sign' && isComparison(token.text)) return token.text;
    if (token.kind === 'word' && word === 'IN') return 'IN';
    if (token.kind === 'word' && word === 'NOT' && this.#isWord('in')) {
      this.#at += 1;
      return 'NOT IN';
    }
    throw cannotParse(this.#cql, `Expected an operator at position ${token.at}, got '${token.text}'.`);
  }

  #list(): Value[] {
    if (!this.#isSign('(')) return [this.#value()];
    this.#at += 1;
    const values = [this.#value()];
    while (this.#isSign(',')) {
      this.#at += 1;
      values.push(this.#value());
    }
    this.#expectSign(')');
    return values;
  }

  #value(): Value {
    const token = this.#next('a value');
    if (token.kind === 'sign') throw cannotParse(this.#cql, `Expected a value at position ${token.at}.`);
    if (token.kind === 'text' || !this.#isSign('(')) return { kind: 'text', text: token.text };
    this.#at += 1;
    const argument = this.#isSign(')') ? undefined : this.#next('an argument').text;
    this.#expectSign(')');
    return { kind: 'call', name: token.text, argument };
  }

  #orders(): Order[] {
    this.#at += 1;
    if (!this.#isWord('by')) throw cannotParse(this.#cql, "Expected 'by' after 'order'.");
    const orders: Order[] = [];
    do {
      this.#at += 1;
      const field = this.#next('a field to order by');
      const descending = this.#isWord('desc');
      if (descending || this.#isWord('asc')) this.#at += 1;
      orders.push({ field: field.text, descending });
    } while (this.#isSign(','));
    return orders;
  }

  #next(what: string): Token {
    const token = this.#tokens[this.#at];
    if (!token) throw cannotParse(this.#cql, `Expected ${what} but the query ends.`);
    this.#at += 1;
    return token;
  }

  #isWord(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === 'word' && token.text.toLowerCase() === text;
  }

  #isSign(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === 'sign' && token.text === text;
  }

  #expectSign(text: string): void {
    if (!this.#isSign(text)) throw cannotParse(this.#cql, `Expected '${text}'.`);
    this.#at += 1;
  }
}

const comparisons = ['=', '!=', '>', '>=', '<', '<=', '~', '!~'] as const;

function isComparison(text: string): text is (typeof comparisons)[number] {
  return comparisons.some((one) => one === text);
}

/** All clauses from left to right. */
export function clausesOf(expression: Expression | null): Clause[] {
  if (!expression) return [];
  if (expression.kind === 'clause') return [expression];
  if (expression.kind === 'not') return clausesOf(expression.inner);
  return [...clausesOf(expression.left), ...clausesOf(expression.right)];
}
