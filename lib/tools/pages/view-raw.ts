import { UserError } from '#errors';
import { type AdfNode, adfNodes, adfSection, adfText } from '#lib/content';
import { oneLine } from '../render.ts';

/** A stretch of a text in a format that is cut by offset or by node. */
export type Stretch = { body: string; cursor: string | null; left: string };

function offsetOf(cursor: string | undefined, sign: string, most: number): number {
  if (cursor === undefined) return 0;
  const from = new RegExp(`^${sign}(\\d{1,9})$`).exec(cursor)?.[1];
  if (from !== undefined && Number(from) <= most) return Number(from);
  throw new UserError(
    'invalid_input',
    `cursor: "${oneLine(cursor).slice(0, 40)}" does not belong to this text.`,
    {
      next: 'Take the cursor of the reply before, with the same format and section; or read again without a cursor.',
    },
  );
}

/** Text cut to `max` characters, where possible between elements; the cursor is an offset. */
export function stretchOf(text: string, max: number, cursor: string | undefined): Stretch {
  const start = offsetOf(cursor, '', text.length);
  let end = Math.min(text.length, start + max);
  if (end < text.length) {
    const between = text.lastIndexOf('><', end - 1) + 1;
    if (between > start + max / 2) end = between;
    else if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
    if (end <= start) end = Math.min(text.length, start + 2);
  }
  const cut = end < text.length;
  return {
    body: text.slice(start, end),
    cursor: cut ? String(end) : null,
    left: cut ? `${text.length - end} more characters` : '',
  };
}

/** A node too large for one reply, without what is in it. */
function folded(node: AdfNode, size: number): string {
  const text = adfText([node], 200);
  return JSON.stringify({
    ...(node.attrs === undefined ? { type: node.type } : { type: node.type, attrs: node.attrs }),
    '…': `${size} characters of JSON are left out here: read it with a larger max_chars. It begins: ${text}`,
  }).slice(0, 4000);
}

/**
 * A document as JSON, one top-level node a line, cut between nodes so that each part is a document by itself; the
 * cursor is the number of the next node. `folded`: how many nodes were too large to be shown.
 *
 * @throws ContentError for a section that is not there; UserError for a cursor of another text
 */
export function adfStretch(
  json: string,
  max: number,
  o: { section?: string | undefined; cursor?: string | undefined },
): Stretch & { folded: number } {
  const all = adfNodes(json);
  if (all === null) return { ...stretchOf(json, max, o.cursor), folded: 0 };
  const nodes = o.section === undefined ? all : adfSection(all, o.section);
  const from = offsetOf(o.cursor, 'n', nodes.length);
  const lines: string[] = [];
  let room = max;
  let at = from;
  let small = 0;
  for (; at < nodes.length; at += 1) {
    const node = nodes[at] as AdfNode;
    const line = JSON.stringify(node);
    if (line.length > room && lines.length > 0) break;
    const whole = line.length <= max;
    lines.push(whole ? line : folded(node, line.length));
    if (!whole) small += 1;
    room -= line.length;
  }
  return {
    body: `{"version":1,"type":"doc","content":[${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n`}]}`,
    cursor: at < nodes.length ? `n${at}` : null,
    left: at < nodes.length ? `${nodes.length - at} more of ${nodes.length} top-level nodes` : '',
    folded: small,
  };
}
