import type { Edit } from '../edit/edit-fields.ts';
import { type Body, macroName, parametersOf } from './body.fixture.ts';
import { type Maker, pick } from './run.fixture.ts';
import { attribute, type Span, type Tag } from './scan.fixture.ts';

const at = (offset: number): Span => ({ start: offset, end: offset });
const inside = (tag: Tag): Span => (tag.selfClosing ? tag : { start: tag.openEnd, end: tag.closeStart });

/** Tasks by their words, or by the list they are alone in. */
export const taskEdit: Maker = (body, random) => {
  const task = pick(body.tasks, random);
  const status = task?.kids.find(({ name }) => name === 'ac:task-status');
  const part = task?.kids.find(({ name }) => name === 'ac:task-body');
  if (!task || !part) return null;
  const own = body.words.filter(
    ({ start, end }) =>
      start >= part.openEnd &&
      end <= part.closeStart &&
      !part.kids.some((kid) => kid.name === 'ac:task-list' && kid.start <= start && end <= kid.end),
  );
  const words = pick(own, random);
  const block = body.blocks.findLast((one) => one.start <= task.start && task.end <= one.end);
  if (
    !block ||
    (!words && body.tasks.filter((one) => one.start >= block.start && one.end <= block.end).length > 1)
  )
    return null;
  const target: Edit['target'] = words
    ? random(2) === 0
      ? { text: words.text }
      : { block: block.id, text: words.text }
    : { block: block.id };
  return {
    edit: { op: 'set_task', target, done: random(2) === 0 },
    allowed: [status ? inside(status) : at(part.start)],
  };
};

function parameterPlace(macro: Tag, name: string): { parameter: Tag | undefined; fresh: Span } {
  const parameters = parametersOf(macro);
  const fresh = macro.selfClosing
    ? { start: macro.start, end: macro.end }
    : at(parameters.at(-1)?.end ?? macro.openEnd);
  return { parameter: parameters.find((one) => (attribute(one, 'ac:name') ?? '') === name), fresh };
}

/** The macro itself where it is a block, else by name and words. */
function macroTarget(body: Body, macro: Tag): Edit | null {
  const edit: Edit = { op: 'set_parameter', macro: macroName(macro) };
  const block = body.blocks.find(
    (one) => one.start === macro.start && one.end === macro.end && one.macro !== undefined,
  );
  if (block) return { ...edit, target: { block: block.id } };
  return body.macros.filter((one) => macroName(one) === macroName(macro)).length === 1 &&
    macroName(macro) !== ''
    ? edit
    : null;
}

const VALUES = ['3', 'a < b & "c"', '', 'true', 'ünï'];

export const parameterEdit: Maker = (body, random) => {
  const macro = pick(body.macros, random);
  const edit = macro ? macroTarget(body, macro) : null;
  if (!macro || !edit) return null;
  if (edit.macro === '') return null;
  const known = pick(parametersOf(macro), random);
  const name = random(3) > 0 && known ? (attribute(known, 'ac:name') ?? '') : 'newParameter';
  const { parameter, fresh } = parameterPlace(macro, name);
  const value = random(5) === 0 ? null : (pick(VALUES, random) ?? '');
  return {
    edit: { ...edit, parameter: name, value },
    allowed: [parameter ? (value === null ? parameter : inside(parameter)) : fresh],
  };
};

const COLOURS = ['Grey', 'red', 'Yellow', 'GREEN', 'Blue', 'Purple'];

export const statusEdit: Maker = (body, random) => {
  const all = body.macros.filter((macro) => macroName(macro) === 'status');
  const status = pick(all, random);
  const title = status ? parameterPlace(status, 'title').parameter : undefined;
  if (!status || !title || title.selfClosing) return null;
  const now = body.storage.slice(title.openEnd, title.closeStart);
  if (now.trim() === '' || /[&<]/.test(now)) return null;
  const colour = parameterPlace(status, 'colour').parameter ?? parameterPlace(status, 'color').parameter;
  const block = body.blocks.findLast((one) => one.start <= status.start && status.end <= one.end);
  const narrow = block && random(2) === 0 ? { target: { block: block.id } } : {};
  const change = random(3);
  return {
    edit: {
      op: 'set_status',
      ...narrow,
      status: now,
      ...(change !== 1 ? { title: 'Shipped & done' } : {}),
      ...(change !== 0 ? { colour: pick(COLOURS, random) ?? 'Red' } : {}),
    },
    allowed: [inside(title), colour ? inside(colour) : parameterPlace(status, 'colour').fresh],
  };
};
