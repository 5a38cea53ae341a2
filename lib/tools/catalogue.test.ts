import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import catalogueFile from './catalogue.json' with { type: 'json' };
import corrections from './data/corrections.json' with { type: 'json' };
import { entries, entryOf, operations } from './index.ts';

type JsonSchema = {
  type?: string;
  enum?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
};

/** Inputs that differ from the catalogue on purpose, and why. */
const known: Record<string, string> = {
  // The base version may be left out: the version read for the preview is taken.
  'edit_page.base_version': 'optional',
  'update_page.base_version': 'optional',
};
/** Named in a note of the catalogue ("also created_before") rather than as an input of its own. */
const alsoNamed: Record<string, string[]> = { search_content: ['created_before', 'updated_before'] };

const source = resolve(import.meta.dirname, '../../../shared/catalogue.json');

test.skipIf(!existsSync(source))(
  'the copy of the catalogue is the catalogue, but for the corrections listed with their reason',
  () => {
    const all = JSON.parse(readFileSync(source, 'utf8')) as Record<string, unknown>[];
    const copy = new Map((catalogueFile as Record<string, unknown>[]).map((entry) => [entry.name, entry]));
    const differing = all.flatMap((entry) =>
      [...new Set([...Object.keys(entry), ...Object.keys(copy.get(entry.name) ?? {})])]
        .filter((field) => !isDeepStrictEqual(entry[field], copy.get(entry.name)?.[field]))
        .map((field) => `${entry.name}.${field}`),
    );
    const listed = Object.entries(corrections).flatMap(([name, fields]) =>
      Object.keys(fields).map((field) => `${name}.${field}`),
    );
    expect(differing.toSorted()).toEqual(listed.toSorted());
    expect(copy.size).toBe(all.length);
  },
);

test('every operation stands in the catalogue once, and every entry outside `changes` has one', () => {
  const names = operations.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.toSorted()).toEqual(
    entries
      .filter(({ tag }) => tag !== 'changes')
      .map(({ name }) => name)
      .toSorted(),
  );
});

test('an alias belongs to one operation', () => {
  const owners = new Map<string, string>();
  for (const { name, aliases } of entries) {
    for (const alias of aliases) {
      expect(owners.get(alias.toLowerCase()), alias).toBeUndefined();
      owners.set(alias.toLowerCase(), name);
    }
  }
});

describe.each(operations.map((operation) => [operation.name, operation] as const))(
  '%s',
  (name, operation) => {
    const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
    const properties = schema.properties ?? {};
    const { inputs, title, tier, tag } = entryOf(name);

    test('has the title, tier, tag and inputs of the catalogue', () => {
      expect(operation).toMatchObject({ title, tier, tag });
      expect(
        Object.keys(properties)
          .filter((input) => !alsoNamed[name]?.includes(input))
          .toSorted(),
      ).toEqual(inputs.map((input) => input.name).toSorted());
      for (const input of inputs) {
        const required = (schema.required ?? []).includes(input.name);
        if (known[`${name}.${input.name}`] === undefined)
          expect(required, `${input.name} required`).toBe(input.required);
        const property = properties[input.name] ?? {};
        const base = input.type.replace(/^array<(.*)>$/, '$1');
        if (input.type.startsWith('array')) expect(property.type, input.name).toBe('array');
        const inner = input.type.startsWith('array') ? (property.items ?? {}) : property;
        if (base === 'enum')
          expect(inner.enum?.toSorted(), input.name).toEqual(input.note.split(';')[0]?.split('|').toSorted());
        else if (base !== 'object' && base !== 'any') expect(inner.type, input.name).toBe(base);
      }
    });
  },
);
