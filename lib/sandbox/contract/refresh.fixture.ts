/**
 * Writes what the contract tests need of Atlassian's two OpenAPI documents to lib/sandbox/contract/data.
 * Run it with the folder that holds them after a new edition of theirs, or when further endpoints come into use:
 * `node lib/sandbox/contract/refresh.fixture.ts <folder>`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compact } from './compact.fixture.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error(
    'Usage: node lib/sandbox/contract/refresh.fixture.ts <folder with confluence-v1.openapi.json and confluence-v2.openapi.json>',
  );
  process.exit(2);
}
for (const [version, prefix] of [
  ['v1', ''],
  ['v2', '/wiki/api/v2'],
] as const) {
  const document = JSON.parse(readFileSync(join(folder, `confluence-${version}.openapi.json`), 'utf8'));
  const target = join(import.meta.dirname, `data/${version}.json`);
  const { paths, components } = compact(document, prefix) as Record<string, Record<string, unknown>>;
  const lines = (values: Record<string, unknown> | undefined) =>
    Object.entries(values ?? {})
      .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n');
  const parts = Object.entries(components ?? {}).map(
    ([kind, ones]) => `"${kind}": {\n${lines(ones as Record<string, unknown>)}\n}`,
  );
  writeFileSync(target, `{"paths": {\n${lines(paths)}\n},\n"components": {\n${parts.join(',\n')}\n}}\n`);
}
