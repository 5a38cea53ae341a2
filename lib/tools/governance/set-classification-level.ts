import { z } from 'zod';
import { ConfabError } from '#errors';
import type { ChangeWarning, Undo } from '#lib/wire';
import { text } from '../inputs.ts';
import type { Context, NoChange, WriteOperation } from '../operation.ts';
import { counted, sourceOf } from '../render.ts';
import { defineStateWrite, type PlannedWrite, type State, undoBy } from '../state-write.ts';
import {
  type Classified,
  type ClassifiedKind,
  classifiedKinds,
  classifiedName,
  classifiedTarget,
  levelNow,
  putLevel,
  resolveClassified,
} from './classified.ts';
import { allLevels, type Level, resolveLevel } from './levels.ts';

const input = z.object({
  ids: z.array(text).min(1).max(20),
  content_type: z.enum(classifiedKinds),
  /** Left out, empty or `null`: reset. */
  level: z.string().trim().optional(),
});

/** `level`: id to set, or null to reset. `undo`: what `level` has to be to take it back; undefined: no single one. */
type Request = { kind: ClassifiedKind; ids: string[]; level: string | null; undo: string | null | undefined };
type Now = Classified & { now: Level | null; byDefault: Level | null };

/** The level now, and the one that would hold if it had none of its own. */
async function readNow(ctx: Context, one: Classified): Promise<Now> {
  const now = await levelNow(ctx, one.kind, one.id);
  const byDefault = one.kind === 'space_default' ? null : await levelNow(ctx, 'space_default', one.spaceId);
  return { ...one, now, byDefault };
}

async function stateOf(ctx: Context, kind: ClassifiedKind, ids: readonly string[]): Promise<State> {
  const levels: Record<string, unknown> = {};
  for (const id of ids) levels[id] = (await levelNow(ctx, kind, id))?.id ?? null;
  return levels;
}

function warningsOf(all: readonly Now[], level: Level | null): ChangeWarning[] {
  const lower = all.filter(
    (one) => (one.now?.order ?? -1) > (level?.order ?? one.byDefault?.order ?? Number.NEGATIVE_INFINITY),
  );
  return [
    {
      code: 'policy',
      message:
        'Rules of the organisation may hang on a level, such as blocked exports or public links. They take effect at once.',
      mustConfirm: false,
    },
    ...(lower.length === 0
      ? []
      : [
          {
            code: 'less_protected',
            message: `${lower.map((one) => `"${one.title}"`).join(', ')}: the new level is less sensitive than the one now.`,
            mustConfirm: false,
          },
        ]),
  ];
}

/** What the level has to be set to to take it back. The API does not tell an own level from the space's default. */
function undoLevel(all: readonly Now[]): string | null | undefined {
  const before = all.map((one) => (one.now?.id === one.byDefault?.id ? null : (one.now?.id ?? null)));
  return before.every((id) => id === before[0]) ? before[0] : undefined;
}

async function plan(ctx: Context, o: z.output<typeof input>): Promise<PlannedWrite<Request> | NoChange> {
  const levels = await allLevels(ctx);
  const level = /^(null)?$/i.test(o.level ?? '') ? null : resolveLevel(levels, o.level ?? '');
  const all: Now[] = [];
  for (const given of o.ids)
    all.push(await readNow(ctx, await resolveClassified(ctx, o.content_type, given)));
  const unique = [...new Map(all.map((one) => [one.id, one])).values()];
  const target = (one: Now) => level ?? one.byDefault;
  const touched = unique.filter((one) => one.now?.id !== target(one)?.id);
  const [first] = touched;
  if (first === undefined) {
    const names = unique.map((one) => `"${one.title}"`).join(', ');
    return {
      noChange: true,
      text: `${names}: the level is ${level?.name ?? 'the default already, or none'}. No change was proposed.`,
      sources: unique.map(({ id, kind, title, url }) =>
        sourceOf({ id, type: kind === 'space_default' ? 'space' : kind, title, url }),
      ),
    };
  }
  const what =
    touched.length === 1
      ? classifiedName(first)
      : counted(touched.length, `${first.kind.replaceAll('_', ' ')}`);
  const before = undoLevel(touched);
  const undo: Undo =
    before === undefined
      ? { possible: false, why: 'They had different levels before; set each back to the one shown here.' }
      : { possible: true };
  return {
    title: level === null ? `Reset the classification of ${what}` : `Classify ${what} as ${level.name}`,
    target: await classifiedTarget(ctx, touched),
    input: { ids: touched.map((one) => one.id), content_type: o.content_type, level: level?.id ?? 'null' },
    request: {
      kind: o.content_type,
      ids: touched.map((one) => one.id),
      level: level?.id ?? null,
      undo: before,
    },
    before: Object.fromEntries(touched.map((one) => [one.id, one.now?.id ?? null])),
    after: Object.fromEntries(touched.map((one) => [one.id, target(one)?.id ?? null])),
    diff: {
      fields: touched.map((one) => ({
        label: touched.length === 1 ? 'Classification' : `Classification of "${one.title}"`,
        before: one.now?.name ?? null,
        after:
          level?.name ?? (one.byDefault === null ? null : `${one.byDefault.name} (default of the space)`),
      })),
      body: null,
    },
    warnings: warningsOf(touched, level),
    undo,
  };
}

export const setClassificationLevel: WriteOperation = defineStateWrite<typeof input, Request>({
  name: 'set_classification_level',
  input,
  plan,
  read: (ctx, { kind, ids }) => stateOf(ctx, kind, ids),
  async send(ctx, { kind, ids, level }) {
    const failed: string[] = [];
    for (const [at, id] of ids.entries()) {
      try {
        await putLevel(ctx, kind, id, level);
      } catch (error) {
        // Part of it is written: it must be told, verified and undone.
        if (at === failed.length || !(error instanceof ConfabError)) throw error;
        failed.push(`${id}: ${error.message}`);
      }
    }
    return { receipt: { failed } };
  },
  async inverse(ctx, { proposal, request }) {
    if (request.undo === undefined) return { impossible: 'They had different levels before.' };
    const { kind, ids, undo } = request;
    return undoBy(ctx, setClassificationLevel, { ids, content_type: kind, level: undo ?? 'null' }, proposal);
  },
  done: 'The classification was read back and is as approved.',
});
