import { createHash } from 'node:crypto';
import { UserError } from '#errors';
import type { Operation, PlanList, ReadResult } from '#lib/tools';
import { inputJsonSchema } from './json-schema.ts';

const formats = ['verbose', 'structured', 'both'] as const;

/** `verbose`: text. `structured`: data and one line. `both`: text and data. */
export type OutputFormat = (typeof formats)[number];

/** How much text a model is given unless it asks for more (characters). */
const usualChars = 12_000;
const leastChars = 200;
const mostChars = 100_000;

/** What a caller says about the answer rather than about the work. */
export type Output = { format: OutputFormat; maxChars: number; from: TextCursor | null };

/** What a caller gets who says nothing. */
export const usualOutput: Output = { format: 'verbose', maxChars: usualChars, from: null };

/** A place in the text of an answer, and the operation's own cursor that gave that text. */
type TextCursor = { offset: number; mark: string; own: string | null };

const squash = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The wanted form of an answer. @throws UserError `invalid_input` for another word. */
export function readFormat(given: unknown): OutputFormat {
  const wanted = given ?? 'verbose';
  const format = formats.find((name) => name === wanted);
  if (format !== undefined) return format;
  throw new UserError(
    'invalid_input',
    `output_format: ${JSON.stringify(wanted)} is not one of ${formats.join(', ')}.`,
  );
}

function readMaxChars(given: unknown): number {
  if (given === undefined || given === null) return usualChars;
  const count = Number(given);
  if (Number.isInteger(count) && count >= leastChars && count <= mostChars) return count;
  throw new UserError(
    'invalid_input',
    `max_chars must be a whole number from ${leastChars} to ${mostChars}.`,
  );
}

const cursorNames = new Set(['cursor', 'nextcursor', 'next', 'pagetoken', 'textcursor']);

function readCursor(given: unknown): TextCursor | null {
  const [, offset, mark = '', own] = /^text-(\d+)-([0-9a-f]{8})(?:\.(.*))?$/s.exec(String(given)) ?? [];
  return offset === undefined ? null : { offset: Number(offset), mark, own: own ?? null };
}

/**
 * Takes `output_format`, `max_chars` and a cursor into the text out of what a caller sent. An operation that
 * has `max_chars` itself keeps it.
 * @throws UserError `invalid_input`.
 */
export function takeOutput(
  operation: Operation,
  given: Record<string, unknown>,
): { output: Output; input: Record<string, unknown> } {
  const own = Object.keys(inputJsonSchema(operation).properties ?? {});
  const sizesItself = own.includes('max_chars');
  const output: Output = { ...usualOutput, maxChars: sizesItself ? mostChars : usualChars };
  const input: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const squashed = squash(name);
    const cursor = cursorNames.has(squashed) ? readCursor(value) : null;
    // Another server's own input of that name is its own.
    if (operation.toolkit !== undefined && own.includes(name)) input[name] = value;
    else if (squashed === 'outputformat') output.format = readFormat(value);
    else if (squashed === 'maxchars' && !sizesItself) output.maxChars = readMaxChars(value);
    else if (cursor === null) input[name] = value;
    else {
      output.from = cursor;
      if (cursor.own !== null) input.cursor = cursor.own;
    }
  }
  return { output, input };
}

const markOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Where a piece from `start` of at most `maxChars` ends: after a line, else after a whole character. */
function endOf(text: string, start: number, maxChars: number): number {
  const limit = start + maxChars;
  if (limit >= text.length) return text.length;
  const line = text.lastIndexOf('\n', limit);
  if (line > start + maxChars / 2) return line + 1;
  return /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
}

/**
 * A text at the size that was asked for. `note`: what was left out and how to get it, to be said outside of
 * any quoting; null when all is there.
 */
export function cut(
  text: string,
  o: Output,
  ownCursor: string | null = null,
): { text: string; note: string | null } {
  const start = Math.min(o.from?.offset ?? 0, text.length);
  const end = endOf(text, start, o.maxChars);
  const mark = markOf(text);
  const changed = o.from !== null && o.from.mark !== mark;
  const notes = [
    ...(changed ? ['The answer has changed since its first part was given; this part may not fit it.'] : []),
    ...(o.from !== null && start === text.length ? ['There is no more.'] : []),
    ...(end < text.length
      ? [
          `Cut here: characters ${start + 1} to ${end} of ${text.length}. For the rest call again with the same input and cursor "text-${end}-${mark}${ownCursor === null ? '' : `.${ownCursor}`}", or with a larger max_chars (at most ${mostChars}).`,
        ]
      : []),
  ];
  return { text: text.slice(start, end), note: notes.length === 0 ? null : `(${notes.join(' ')})` };
}

/** The data of an answer as text, for a host that has no other way to give it to a model. */
function dataText(data: Record<string, unknown>): string {
  return JSON.stringify(data, null, 1);
}

/**
 * The answer of a read in the form and size that was asked for.
 * @param inText the host gives a model nothing but text, so that data has to be in it.
 */
export function shaped(
  result: ReadResult,
  output: Output,
  o: { inText: boolean; ownCursor: string | null },
): { result: ReadResult; note: string | null } {
  const whole: Record<OutputFormat, () => string> = {
    verbose: () => result.text,
    structured: () => dataText(result.data),
    both: () => `${result.text}\n\n${dataText(result.data)}`,
  };
  const { text, note } = cut(o.inText ? whole[output.format]() : result.text, output, o.ownCursor);
  return { result: { ...result, text }, note };
}

/** A plan with the inputs of its steps in the text, so that a model which is given only text can propose them. */
export function withSteps({ items, ...plan }: PlanList): ReadResult {
  if (items.length === 0) return plan;
  const lines = items.map(
    ({ operation, input }, index) => `${index + 1}. ${operation} ${JSON.stringify(input)}`,
  );
  return { ...plan, text: `${plan.text}\n\nThe steps with their inputs:\n${lines.join('\n')}` };
}
