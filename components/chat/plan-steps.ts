export type PlanStep = {
  number: number;
  title: string;
  /** What it is about, with its address where it exists already. */
  target: { title: string; url: string } | null;
  /** Numbers of the steps that must come first. */
  after: string | null;
  why: string[];
};
export type PlanText = { head: string; steps: PlanStep[]; rest: string[] };

/** Ends every list of writes that none of them has been made yet. */
const mark = 'Nothing has been written. Show this list to the person';
/** True for an answer that holds such a list. */
export const hasPlan = (output: string | null): boolean => output?.includes(mark) === true;

const fence = /^(?:<<<|.*>>>$)/;
const line = /^(\d+)\. (.+?) · [a-z_]+(?: · \[((?:\\.|[^\]\\])*)\]\((\S+?)\))?(?: \(after ([\d, ]+)\))?$/;

function stepOf(text: string): PlanStep | null {
  const match = line.exec(text);
  if (match === null) return null;
  const [, number, title = '', name, url, after] = match;
  return {
    number: Number(number),
    title,
    target:
      name === undefined || url === undefined ? null : { title: name.replace(/\\([[\]\\])/g, '$1'), url },
    after: after ?? null,
    why: [],
  };
}

/**
 * Reads the list of steps that an operation for many pages answers with, so that it can be drawn as one. `rest` are
 * the lines after the steps (what was left out, how complete it is). Null when it is no such list.
 */
export function planOf(output: string): PlanText | null {
  const [said = '', told] = output.split(mark);
  if (told === undefined) return null;
  const lines = said.split('\n').filter((text) => text.trim() !== '' && !fence.test(text));
  const steps: PlanStep[] = [];
  const others: string[] = [];
  for (const text of lines) {
    const step = stepOf(text);
    const last = steps.at(-1);
    if (step !== null && step.number === steps.length + 1) steps.push(step);
    else if (last !== undefined && text.startsWith('   ') && others.length <= 1) last.why.push(text.trim());
    else others.push(text);
  }
  const [head = '', ...rest] = others;
  return steps.length === 0 ? null : { head, steps, rest };
}

export type Piece = { id: string; op: 'kept' | 'added' | 'removed'; text: string };

const edit = /\[-([^\n]*?)-\](?=\{\+)|\{\+([^\n]*?)\+\}/g;

/** `a [-old-]{+new+} b` in pieces. */
export function editPieces(text: string): Piece[] {
  const pieces: Omit<Piece, 'id'>[] = [];
  let at = 0;
  for (const match of text.matchAll(edit)) {
    if (match.index > at) pieces.push({ op: 'kept', text: text.slice(at, match.index) });
    const [whole, gone, come] = match;
    pieces.push(gone === undefined ? { op: 'added', text: come ?? '' } : { op: 'removed', text: gone });
    at = match.index + whole.length;
  }
  if (at < text.length) pieces.push({ op: 'kept', text: text.slice(at) });
  return pieces.filter((piece) => piece.text !== '').map((piece, index) => ({ ...piece, id: `${index}` }));
}
