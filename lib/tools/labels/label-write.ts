import { ConfabError } from '#errors';
import type { ChangeWarning, Source, Verification } from '#lib/wire';
import type { Context, NoChange, Outcome, Proposal, Rebase } from '../operation.ts';
import { counted } from '../render.ts';
import {
  type Labelled,
  type LabelTarget,
  labelsOf,
  putLabels,
  type Resolved,
  resolveLabelled,
  takeLabel,
} from './label-target.ts';
import { labelNames } from './names.ts';

export type LabelOperation = 'add_label' | 'remove_label';
type Step = LabelTarget & { labels: string[]; before: string[] };
type LabelRequest = { steps: Step[] };
export type LabelInput = { ids: string[]; content_type?: Labelled; labels: string[] };

const stepsOf = (proposal: Proposal): Step[] => (proposal.request as LabelRequest).steps;
const adding = (proposal: Proposal): boolean => proposal.operation === 'add_label';
const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** Labels that would really change: only these are written, and only these are taken back. */
function missingOrPresent(
  operation: LabelOperation,
  wanted: readonly string[],
  now: readonly string[],
): string[] {
  return wanted.filter((name) => now.includes(name) === (operation === 'remove_label'));
}

/** The spaces of all that is touched besides the first one's; an attachment's is not known and counts as one. */
function othersOf(touched: readonly Resolved[]): { otherSpaces?: string[] } {
  const ids = [...new Set(touched.map(({ target }) => target.space?.id ?? 'unknown'))].slice(1);
  return ids.length === 0 ? {} : { otherSpaces: ids };
}

async function proposalFor(
  ctx: Context,
  operation: LabelOperation,
  resolved: readonly Resolved[],
  o: { labels: (id: string) => readonly string[]; notes: string[]; title?: string },
): Promise<Proposal | null> {
  const steps: Step[] = [];
  const touched: Resolved[] = [];
  for (const one of resolved) {
    const before = await labelsOf(ctx, one);
    const labels = missingOrPresent(operation, o.labels(one.id), before);
    if (labels.length === 0) continue;
    const { type, id, key, title } = one;
    steps.push({ type, id, key, title, labels, before });
    touched.push(one);
  }
  const [first] = touched;
  if (first === undefined) return null;
  const what = steps.length === 1 ? `"${first.title}"` : counted(steps.length, 'item');
  const names = [...new Set(steps.flatMap((step) => step.labels))];
  const verb =
    operation === 'add_label'
      ? `Add ${names.length === 1 ? 'label' : 'labels'} ${list(names)} to`
      : `Remove ${names.length === 1 ? 'label' : 'labels'} ${list(names)} from`;
  const warnings: ChangeWarning[] = o.notes.map((message) => ({ code: 'note', message, mustConfirm: false }));
  return {
    operation,
    input: { ids: touched.map((one) => one.id), content_type: first.type, labels: names },
    title: o.title ?? `${verb} ${what}`,
    target: { ...first.target, ...othersOf(touched) },
    baseVersion: null,
    request: { steps } satisfies LabelRequest,
    diff: {
      fields: steps.map((step) => ({
        label: steps.length === 1 ? 'Labels' : `Labels of "${step.title}"`,
        before: step.before.join(', ') || null,
        after:
          (operation === 'add_label'
            ? [...step.before, ...step.labels]
            : step.before.filter((name) => !step.labels.includes(name))
          ).join(', ') || null,
      })),
      body: null,
    },
    warnings,
    editable: null,
    undo: { possible: true },
  };
}

export async function previewLabels(
  ctx: Context,
  operation: LabelOperation,
  o: LabelInput,
): Promise<Proposal | NoChange> {
  const { names, notes } = labelNames(o.labels);
  const resolved = await Promise.all(o.ids.map((id) => resolveLabelled(ctx, id, o.content_type)));
  const proposal = await proposalFor(ctx, operation, resolved, { labels: () => names, notes });
  if (proposal !== null) return proposal;
  const sources: Source[] = resolved.map((one) => one.source);
  const state = operation === 'add_label' ? 'has' : 'does not have';
  return {
    noChange: true,
    text: `"${resolved.map((one) => one.title).join('", "')}" ${state} ${list(names)} already. No change was proposed.`,
    sources,
  };
}

/** The steps worked out anew: on each thing only the labels that its step has. */
async function againFor(
  ctx: Context,
  operation: LabelOperation,
  steps: readonly Step[],
  title: string,
): Promise<Proposal | null> {
  const resolved = await Promise.all(
    steps.map((step) => resolveLabelled(ctx, step.type === 'space' ? step.key : step.id, step.type)),
  );
  const labels = (id: string) => steps.find((step) => step.id === id)?.labels ?? [];
  return proposalFor(ctx, operation, resolved, { labels, notes: [], title });
}

/** Still so that each step would do what the card says? Otherwise the steps are worked out anew. */
export async function rebaseLabels(ctx: Context, proposal: Proposal): Promise<Rebase> {
  const operation = proposal.operation as LabelOperation;
  let same = true;
  for (const step of stepsOf(proposal)) {
    const now = await labelsOf(ctx, step);
    if (missingOrPresent(operation, step.labels, now).length !== step.labels.length) same = false;
  }
  if (same) return { kind: 'current' };
  const fresh = await againFor(ctx, operation, stepsOf(proposal), proposal.title);
  if (fresh !== null) return { kind: 'rebased', proposal: fresh };
  return {
    kind: 'conflict',
    message: 'Someone else has changed these labels in the same way meanwhile; nothing is left to do.',
    yours: null,
    theirs: null,
  };
}

function outcomeOf(proposal: Proposal, failed: readonly string[]): Outcome {
  return {
    targetId: proposal.target.id,
    title: proposal.target.title,
    url: proposal.target.url,
    version: null,
    receipt: { failed: [...failed] },
  };
}

export async function applyLabels(ctx: Context, proposal: Proposal): Promise<Outcome> {
  const failed: string[] = [];
  let written = 0;
  for (const step of stepsOf(proposal)) {
    const jobs = adding(proposal)
      ? [() => putLabels(ctx, step, step.labels)]
      : step.labels.map((name) => () => takeLabel(ctx, step, name));
    for (const job of jobs) {
      try {
        await job();
        written += 1;
      } catch (error) {
        // Part of it is written: it must be told, verified and undone.
        if (written === 0 || !(error instanceof ConfabError)) throw error;
        failed.push(`"${step.title}": ${error.message}`);
      }
    }
  }
  return outcomeOf(proposal, failed);
}

async function states(ctx: Context, proposal: Proposal): Promise<{ step: Step; left: string[] }[]> {
  const wanted = adding(proposal) ? 'add_label' : 'remove_label';
  return Promise.all(
    stepsOf(proposal).map(async (step) => ({
      step,
      left: missingOrPresent(wanted, step.labels, await labelsOf(ctx, step)),
    })),
  );
}

export async function verifyLabels(
  ctx: Context,
  proposal: Proposal,
  outcome: Outcome,
): Promise<Verification> {
  const open = (await states(ctx, proposal)).filter(({ left }) => left.length > 0);
  const verb = adding(proposal) ? 'lacks' : 'still has';
  const failed = Array.isArray(outcome.receipt.failed) ? (outcome.receipt.failed as string[]) : [];
  const details = [...open.map(({ step, left }) => `"${step.title}" ${verb} ${list(left)}.`), ...failed];
  const ok = details.length === 0;
  return {
    ok,
    summary: ok ? 'The labels were read back and are as approved.' : 'Not all labels are as approved.',
    version: null,
    details,
  };
}

export async function settleLabels(
  ctx: Context,
  proposal: Proposal,
): Promise<
  { kind: 'applied'; outcome: Outcome } | { kind: 'not_applied' } | { kind: 'unknown'; found: string }
> {
  const all = await states(ctx, proposal);
  if (all.every(({ left }) => left.length === 0))
    return { kind: 'applied', outcome: outcomeOf(proposal, []) };
  if (all.every(({ step, left }) => left.length === step.labels.length)) return { kind: 'not_applied' };
  return {
    kind: 'unknown',
    found: `Part of it is done: ${all
      .filter(({ left }) => left.length > 0)
      .map(({ step }) => `"${step.title}"`)
      .join(', ')} not yet.`,
  };
}

/** Takes away exactly what was added, or puts back exactly what was taken. */
export async function inverseLabels(
  ctx: Context,
  proposal: Proposal,
): Promise<Proposal | { impossible: string }> {
  const opposite: LabelOperation = adding(proposal) ? 'remove_label' : 'add_label';
  const title = `Undo: ${proposal.title}`.slice(0, 240);
  const fresh = await againFor(ctx, opposite, stepsOf(proposal), title);
  return fresh ?? { impossible: 'The labels are as they were before already.' };
}
