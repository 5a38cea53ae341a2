import { BufferSchema } from 'confluence.js/core';
import type { z } from 'zod';
import { log } from '#log';
import { notJson } from './failures.ts';
import type { Answer } from './http.ts';

type Path = readonly PropertyKey[];

/** Told where an answer did not fit its schema: paths without values, list positions as `[]`. */
export type OnDrift = (endpoint: string, paths: readonly string[]) => void;

function parentOf(root: unknown, path: Path): Record<PropertyKey, unknown> | null {
  let at = root;
  for (const step of path.slice(0, -1)) {
    if (typeof at !== 'object' || at === null) return null;
    at = (at as Record<PropertyKey, unknown>)[step];
  }
  return typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>) : null;
}

/** Puts the values that did not fit back where they were, untouched. */
function putBack(target: unknown, aside: readonly { path: Path; value: unknown }[]): void {
  for (const { path, value } of aside) {
    const parent = parentOf(target, path);
    const name = path.at(-1);
    if (parent !== null && name !== undefined) parent[name] = value;
  }
}

/**
 * Applies a schema of confluence.js without ever failing: values that do not fit are set aside, the rest is
 * parsed (dates become `Date`), and they are put back as they came. When even that does not fit, the raw
 * answer is returned. What drifted is logged by path, never by value.
 */
export function parseTolerantly<T>(
  schema: z.ZodType<T>,
  raw: unknown,
  endpoint: string,
  onDrift?: OnDrift,
): T {
  const first = schema.safeParse(raw);
  if (first.success) return first.data;
  const drift = [
    ...new Set(
      first.error.issues.map((issue) =>
        issue.path.map((p) => (typeof p === 'number' ? '[]' : String(p))).join('.'),
      ),
    ),
  ];
  onDrift?.(endpoint, drift);
  log.debug({ endpoint, drift: drift.slice(0, 10) }, 'an answer of Confluence differs from its schema');
  const trimmed: unknown = structuredClone(raw);
  const aside: { path: Path; value: unknown }[] = [];
  for (const { path } of first.error.issues) {
    const parent = parentOf(trimmed, path);
    const name = path.at(-1);
    if (parent === null || Array.isArray(parent) || name === undefined) return raw as T;
    if (name in parent) {
      aside.push({ path, value: parent[name] });
      delete parent[name];
    }
  }
  const second = schema.safeParse(trimmed);
  if (!second.success) return raw as T;
  putBack(second.data, aside);
  return second.data;
}

/** What a good answer holds: bytes for a download, parsed JSON otherwise, undefined when it is empty. */
export function contentOf<T>(
  answer: Answer,
  schema: z.ZodType<T> | undefined,
  endpoint: string,
  write: boolean,
  onDrift?: OnDrift,
): T {
  if ((schema as unknown) === BufferSchema) return answer.bytes as T;
  const text = Buffer.from(answer.bytes).toString('utf8').trim();
  if (answer.status === 204 || text === '') return undefined as T;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (schema !== undefined || text.startsWith('<')) throw notJson(answer, write);
    return text as T;
  }
  return schema === undefined ? (raw as T) : parseTolerantly(schema, raw, endpoint, onDrift);
}
