import type { BlockTree } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import type { EditedPage, Worked } from '../edit/change.ts';
import type { Edit } from '../edit/edit-fields.ts';
import { loosen } from '../edit/find-text.ts';
import { ambiguousAmong, missingAmong, quoted, rangeOf, shownElements } from '../edit/targets.ts';
import { asRead } from '../edit/words.ts';
import { childElement, ownText } from '../parse/elements.ts';
import { readable } from '../parse/invisible.ts';
import type { ElementNode } from '../parse/parse.ts';
import { whereIs } from './candidates.ts';

type Task = { element: ElementNode; text: string; done: boolean };

/** The words of a task, without those of tasks inside it. */
function wordsOf(tree: BlockTree, task: ElementNode): string {
  const body = childElement(task, 'ac:task-body');
  if (!body) return '';
  const parts: string[] = [];
  for (let i = body.index + 1; i < body.last; i += 1) {
    const node = tree.doc.nodes[i];
    if (node?.type === 'element' && node.name === 'ac:task-list') i = node.last - 1;
    else if (node && (node.type === 'text' || node.type === 'cdata') && !node.hidden) parts.push(node.text);
  }
  return readable(loosen(parts.join('')).text);
}

function isDone(task: ElementNode): boolean {
  const status = childElement(task, 'ac:task-status');
  return status !== null && ownText(status).trim() === 'complete';
}

const described = (tree: BlockTree, { element, text, done }: Task): string =>
  `${done ? '[x]' : '[ ]'} ${quoted(text)} ${whereIs(tree, element)}`;

/** Tasks by their words: the whole of them, else a part, upper and lower case alike only where nothing else fits. */
function byWords(tasks: Task[], wanted: string): Task[] {
  const text = readable(loosen(wanted.replace(/^\s*[-*] \[[ xX]\] /, '')).text);
  const lower = text.toLowerCase();
  const tests: ((task: Task) => boolean)[] = [
    (task) => task.text === text,
    (task) => task.text.toLowerCase() === lower,
    (task) => task.text.includes(text),
    (task) => task.text.toLowerCase().includes(lower),
  ];
  for (const test of text === '' ? [] : tests) {
    const found = tasks.filter(test);
    if (found.length > 0) return found;
  }
  return [];
}

function findTask(tree: BlockTree, target: Edit['target']): Task {
  const range = rangeOf(tree, target);
  const tasks = shownElements(tree, range, ({ name }) => name === 'ac:task').map(
    (element): Task => ({ element, text: wordsOf(tree, element), done: isDone(element) }),
  );
  const text = target?.text;
  const read = text === undefined ? null : asRead(text.replace(/^\s*[-*] \[[ xX]\] /, ''));
  const literal = text === undefined ? tasks : byWords(tasks, text);
  const found = literal.length === 0 && read !== null ? byWords(tasks, read) : literal;
  const [task] = found;
  if (task && found.length === 1) return task;
  const what = text === undefined ? 'The task' : `The task ${quoted(text)}`;
  if (task) {
    throw ambiguousAmong(
      what,
      found.map((one) => described(tree, one)),
      'Quote all of its words in target.text, with the block or heading it is in.',
    );
  }
  throw missingAmong(
    what,
    tasks.map((one) => described(tree, one)),
    'Quote the words of one of these tasks in target.text.',
  );
}

/** Ticks a task or opens it again: the text of its status is all that changes. */
export function setTask({ tree }: EditedPage, edit: Edit): Worked {
  const { element, text, done } = findTask(tree, edit.target);
  if (done === edit.done)
    return { changes: [], idle: `The task ${quoted(text)} is ${done ? 'done' : 'open'} already.` };
  const value = edit.done ? 'complete' : 'incomplete';
  const status = childElement(element, 'ac:task-status');
  if (status && !status.selfClosing)
    return { changes: [{ start: status.openEnd, end: status.closeStart, text: value }] };
  const whole = `<ac:task-status>${value}</ac:task-status>`;
  if (status) return { changes: [{ start: status.start, end: status.end, text: whole }] };
  const body = childElement(element, 'ac:task-body');
  if (!body) {
    throw new ContentError(`The task ${quoted(text)} has neither a status nor a body.`, {
      code: 'not_possible',
      next: 'Replace its task list.',
    });
  }
  return { changes: [{ start: body.start, end: body.start, text: whole }] };
}
