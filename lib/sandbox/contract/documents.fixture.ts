import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compact, shapeOf } from './compact.fixture.ts';
import { type Document, type Operation, SchemaCheck } from './schema-check.ts';

type Version = 'v1' | 'v2';
type Spec = { document: Document; check: SchemaCheck };

const shared = join(process.cwd(), '..', 'shared', 'atlassian');

/** True where Atlassian's own documents lie beside the project; else our copy of what is needed of them is used. */
export const originalsPresent = existsSync(shared);

const prefix: Record<Version, string> = { v1: '', v2: '/wiki/api/v2' };

const parsed = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/** The project's copy: what `lib/sandbox/contract/refresh.fixture.ts` wrote. */
export const copyOf = (version: Version) =>
  parsed(join(import.meta.dirname, 'data', `${version}.json`)) as Document;

/** The same, made now from the original. */
export const freshCopyOf = (version: Version) =>
  compact(parsed(join(shared, `confluence-${version}.openapi.json`)), prefix[version]) as unknown as Document;

const specs: Partial<Record<Version, Spec>> = {};

/** The document that an endpoint belongs to, with a checker for its schemas. */
export function specOf(path: string): Spec {
  const version = path.startsWith('/wiki/api/v2') ? 'v2' : 'v1';
  const document = specs[version]?.document ?? (originalsPresent ? freshCopyOf(version) : copyOf(version));
  const known = specs[version] ?? { document, check: new SchemaCheck(document) };
  specs[version] = known;
  return known;
}

/** The operation behind `METHOD /path` as the document describes it; the path with parameters as placeholders. */
export function operationOf(o: { method: string; path: string }): Operation | undefined {
  return specOf(o.path).document.paths[shapeOf(o.path)]?.[o.method.toLowerCase()];
}

/** The operation that a real path belongs to; a literal segment wins over a parameter. */
export function operationAt(method: string, path: string): { at: string; operation: Operation } | undefined {
  const segments = path.split('/');
  const fits = (at: string) => {
    const parts = at.split('/');
    return (
      parts.length === segments.length &&
      parts.every((part, i) => part.includes('{}') || part === segments[i])
    );
  };
  const { paths } = specOf(path).document;
  const found = Object.keys(paths)
    .filter((at) => fits(at) && paths[at]?.[method.toLowerCase()] !== undefined)
    .sort((a, b) => a.split('{}').length - b.split('{}').length)[0];
  const operation = found === undefined ? undefined : paths[found]?.[method.toLowerCase()];
  return found === undefined || operation === undefined ? undefined : { at: found, operation };
}
