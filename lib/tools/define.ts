import { z } from 'zod';
import { InternalError } from '#errors';
import catalogueFile from './catalogue.json' with { type: 'json' };
import { namedProposal, namedRebase } from './named-mentions.ts';
import type {
  BulkOperation,
  Context,
  PlanList,
  ReadOperation,
  ReadResult,
  Tier,
  WriteOperation,
} from './operation.ts';

const inputSchema = z.object({ name: z.string(), type: z.string(), required: z.boolean(), note: z.string() });

const entrySchema = z.object({
  name: z.string(),
  title: z.string(),
  tag: z.string(),
  also_tags: z.array(z.string()).default([]),
  tier: z.enum(['read', 'write', 'destructive']),
  summary: z.string(),
  inputs: z.array(inputSchema),
  endpoints: z.array(z.string()),
  scopes: z.array(z.string()),
  /** Further cases by name; `replaces_base`: used instead of the default case, else on top of it. */
  conditional: z
    .record(z.string(), z.object({ scopes: z.array(z.string()), replaces_base: z.boolean().default(false) }))
    .default({}),
  inverse: z.array(z.string()).default([]),
  aliases: z.array(z.string()),
  keywords: z.string().default(''),
  examples: z.array(z.string()),
  undo: z.string(),
});

export type CatalogueInput = z.output<typeof inputSchema>;
export type CatalogueEntry = z.output<typeof entrySchema>;

/** The contract: one entry per operation, as the project's catalogue has it. */
export const entries: readonly CatalogueEntry[] = z.array(entrySchema).parse(catalogueFile);

const byName = new Map(entries.map((entry) => [entry.name, entry]));

/** The catalogue entry of an operation. @throws InternalError when a definition names one that is not there. */
export function entryOf(name: string): CatalogueEntry {
  const entry = byName.get(name);
  if (entry === undefined) throw new InternalError('internal', `The catalogue has no operation "${name}".`);
  return entry;
}

/** Gives every input the catalogue's note as its description, so that it is written in one place only. */
function described(input: z.ZodObject, inputs: readonly CatalogueInput[]): z.ZodObject {
  const notes = new Map(inputs.map((one) => [one.name, one.note]));
  const shape = Object.fromEntries(
    Object.entries(input.shape).map(([name, type]) => {
      const note = notes.get(name) ?? '';
      return [name, note === '' ? type : (type as z.ZodType).describe(note)];
    }),
  );
  return z.object(shape);
}

type Connection = 'needed' | 'unneeded';
type Shared<Input extends z.ZodObject> = {
  name: string;
  connection?: Connection;
  input: Input;
  output: z.ZodType;
};

function common<Input extends z.ZodObject>(definition: Shared<Input>) {
  const entry = entryOf(definition.name);
  return {
    name: entry.name,
    title: entry.title,
    tag: entry.tag,
    alsoTags: entry.also_tags,
    summary: entry.summary,
    aliases: entry.aliases,
    keywords: entry.keywords,
    examples: entry.examples,
    connection: definition.connection ?? 'needed',
    scopes: entry.scopes,
    input: described(definition.input, entry.inputs),
    output: definition.output,
  };
}

function checkTier(name: string, wanted: readonly Tier[]): Tier {
  const { tier } = entryOf(name);
  if (!wanted.includes(tier)) throw new InternalError('internal', `"${name}" is a ${tier} operation.`);
  return tier;
}

type ReadDefinition<Input extends z.ZodObject> = Shared<Input> & {
  run(ctx: Context, input: z.output<Input>): Promise<ReadResult>;
};

/** A read operation; name, title, tag, summary, aliases and scopes come from the catalogue. */
export function defineRead<Input extends z.ZodObject>(definition: ReadDefinition<Input>): ReadOperation {
  checkTier(definition.name, ['read']);
  return { ...common(definition), tier: 'read', run: definition.run };
}

type WriteDefinition<Input extends z.ZodObject> = Shared<Input> &
  Pick<
    WriteOperation<Input>,
    'preview' | 'edit' | 'rebase' | 'apply' | 'verify' | 'settle' | 'inverse' | 'immediate'
  >;

/** A write operation; the tier comes from the catalogue. */
export function defineWrite<Input extends z.ZodObject>(definition: WriteDefinition<Input>): WriteOperation {
  const tier = checkTier(definition.name, ['write', 'destructive']) as 'write' | 'destructive';
  const { preview, edit, rebase, apply, verify, settle, inverse, immediate } = definition;
  return {
    ...common(definition),
    tier,
    preview: async (ctx, given) => namedProposal(ctx, await preview(ctx, given as z.output<Input>)),
    rebase: async (ctx, proposal) => namedRebase(ctx, await rebase(ctx, proposal)),
    apply,
    verify,
    settle,
    inverse: async (ctx, proposal, outcome) => namedProposal(ctx, await inverse(ctx, proposal, outcome)),
    ...(edit === undefined
      ? {}
      : { edit: async (ctx, proposal, words) => namedProposal(ctx, await edit(ctx, proposal, words)) }),
    ...(immediate === undefined ? {} : { immediate }),
  };
}

type BulkDefinition<Input extends z.ZodObject> = Shared<Input> & {
  plan(ctx: Context, input: z.output<Input>): Promise<PlanList>;
};

/** A write to many things, as the list of its single writes; the tier comes from the catalogue. */
export function defineBulk<Input extends z.ZodObject>(definition: BulkDefinition<Input>): BulkOperation {
  const tier = checkTier(definition.name, ['write', 'destructive']) as 'write' | 'destructive';
  return { ...common(definition), tier, plan: definition.plan };
}
