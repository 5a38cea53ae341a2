import { attachedMark } from '../attachments.ts';
import { unfenced } from '../fence.ts';
import type { CallOptions, PromptMessage } from '../model-type.ts';

/** A tool result as the demo model sees it: the same text any model gets, without its fence. */
export type Result = { name: string; input: Record<string, unknown>; text: string; failed: boolean };

/** What the demo model knows when it takes a step. */
export type Turn = {
  /** The person's last message, quotes made straight. */
  question: string;
  /** Files attached to that message: their ids and names, and their text where it can be read. */
  files: { id: string; name: string; text: string | null }[];
  /** Results since that message, oldest first, discovery left out. */
  results: Result[];
  /** All results of the conversation. */
  all: Result[];
  /** Operations it looked for in this turn. */
  looked: string[];
  /** Names of the operations found by that, best first. */
  found: string[];
  /** Names that can be called in this step. */
  tools: Set<string>;
};

/** An entry of a list: `- [Title](url) · page · Engineering (ENG) · id 12 · v3 · edited 2026-11-20 by Ann`. */
export type Item = {
  title: string;
  url: string | null;
  id: string | null;
  kind: string | null;
  key: string | null;
  space: string | null;
  edited: string | null;
  excerpt: string | null;
};

export type Page = {
  title: string;
  url: string;
  id: string;
  version: number;
  space: string;
  lastEdited: string | null;
  lastEditor: string | null;
  created: string | null;
  author: string | null;
  /** Markdown. */
  body: string;
};

/** A file as `attachedText` tells of it. */
function fileIn(told: string): Turn['files'] {
  const [head = '', ...body] = told.split('\n');
  const [, name, id] = /^ ("(?:[^"\\]|\\.)*"), .* id (\w+): /.exec(head) ?? [];
  if (name === undefined || id === undefined) return [];
  const text = body.length === 0 ? null : unfenced(body.join('\n'));
  return [{ id, name: JSON.parse(name) as string, text }];
}

const straight = (text: string): string =>
  text
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚`´]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();

function textOf(message: PromptMessage): string {
  if (typeof message.content === 'string') return message.content;
  return message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

/** Reads the prompt of a step. */
export function readTurn(options: Pick<CallOptions, 'prompt' | 'tools'>): Turn {
  const turn: Turn = {
    question: '',
    files: [],
    results: [],
    all: [],
    looked: [],
    found: [],
    tools: new Set((options.tools ?? []).map((tool) => tool.name)),
  };
  const inputs = new Map<string, unknown>();
  for (const message of options.prompt) {
    if (message.role === 'user') {
      const [said = '', ...attached] = textOf(message).split(`\n\n${attachedMark}`);
      turn.question = straight(said);
      turn.files = attached.flatMap(fileIn);
      turn.results = [];
      turn.looked = [];
      turn.found = [];
    }
    if (message.role !== 'assistant' && message.role !== 'tool') continue;
    for (const part of message.content) {
      if (part.type === 'tool-call') inputs.set(part.toolCallId, part.input);
      if (part.type !== 'tool-result') continue;
      const value = 'value' in part.output ? part.output.value : '';
      const input = (inputs.get(part.toolCallId) ?? {}) as Record<string, unknown>;
      const text = unfenced(typeof value === 'string' ? value : JSON.stringify(value));
      const result = { name: part.toolName, input, text, failed: part.output.type === 'error-text' };
      if (result.name === 'discover_tools') {
        turn.looked.push(String(input.query ?? ''));
        turn.found.push(...[...text.matchAll(/^- (\w+) \(\w+\):/gm)].map(([, name = '']) => name));
      } else {
        turn.all.push(result);
        turn.results.push(result);
      }
    }
  }
  return turn;
}

/** The last result of an operation in this turn. */
export function resultOf(turn: Turn, name: string): Result | undefined {
  return turn.results.findLast((result) => result.name === name);
}

const entry = /^- (?:\[((?:\\.|[^\]\\])*)\]\(([^)]*)\)|([^·\n]+?)) · (.+)$/;
const plainTitle = (text: string): string => text.replace(/\\([[\]\\])/g, '$1').trim();

/** The entries of a list result, in order. */
export function itemsIn(text: string): Item[] {
  const items: Item[] = [];
  for (const line of text.split('\n')) {
    const match = entry.exec(line);
    const quote = /^ {2}> (.+)$/.exec(line);
    const last = items.at(-1);
    if (quote !== null && last !== undefined) last.excerpt ??= quote[1] ?? null;
    if (match === null) continue;
    const facts = (match[4] ?? '').split(' · ');
    const fact = (pattern: RegExp): string | null =>
      facts.map((one) => pattern.exec(one)?.[1]).find((one) => one !== undefined) ?? null;
    items.push({
      title: plainTitle(match[1] ?? match[3] ?? ''),
      url: match[2] ?? null,
      id: fact(/^(?:account )?id:? (\S+)$/),
      kind: facts[0] ?? null,
      key: fact(/^key (\S+)$/) ?? fact(/^.+ \(([\w~]+)\)$/),
      space: fact(/^(.+ \([\w~]+\))$/),
      edited: fact(/^edited (.+)$/),
      excerpt: null,
    });
  }
  return items;
}

/** The page of a read_page result; null when the text is something else. */
export function pageIn(text: string): Page | null {
  const [first = '', second = '', ...rest] = text.split('\n');
  const head = /^\[((?:\\.|[^\]\\])*)\]\(([^)]*)\) · [^·]+ · (.+?) · id (\S+) · version (\d+)/.exec(first);
  if (head === null) return null;
  const dates = /^Last edited (\S+(?: date)?) by (.+?) · created (\S+(?: date)?) by (.+)$/.exec(second);
  const whole = rest.join('\n');
  const start = whole.indexOf('\n\n');
  const body = (whole.startsWith('\n') ? whole : start === -1 ? whole : whole.slice(start)).trim();
  return {
    title: plainTitle(head[1] ?? ''),
    url: head[2] ?? '',
    space: head[3] ?? '',
    id: head[4] ?? '',
    version: Number(head[5]),
    lastEdited: dates?.[1] ?? null,
    lastEditor: dates?.[2] ?? null,
    created: dates?.[3] ?? null,
    author: dates?.[4] ?? null,
    body: body.replace(/\n\n(?:Shown as placeholders|Not shown): [^\n]*$/, ''),
  };
}

/** A Markdown text in sections: the heading and what stands below it up to the next heading. */
export function sectionsOf(body: string): { heading: string; text: string }[] {
  const sections: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }];
  for (const line of body.split('\n')) {
    const heading = /^#{1,6} (.+)$/.exec(line);
    if (heading !== null) sections.push({ heading: (heading[1] ?? '').trim(), lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return sections.map(({ heading, lines }) => ({ heading, text: lines.join('\n').trim() }));
}

/** The list items of a Markdown text, top level only. */
export function listItems(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => /^(?:[-*]|\d+[.)]) (?:\[[ x]\] )?(.+)$/.exec(line)?.[1]?.trim() ?? []);
}

/** The rows of the tables of a Markdown text, without their headings, cells joined. */
export function tableRows(text: string): string[] {
  const lines = text.split('\n');
  const isRule = (line: string | undefined) => /^\|(?:\s*:?-+:?\s*\|)+\s*$/.test(line ?? '');
  return lines.flatMap((line, i) => {
    if (!line.startsWith('|') || isRule(line) || isRule(lines[i + 1])) return [];
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const row = cells.filter((cell) => !/^[←↑]?$/.test(cell)).join(' · ');
    return row === '' ? [] : [row];
  });
}

/** How a write ended, as its result says. Null: still waiting, or not a write. */
export type Ending = {
  kind: 'applied' | 'alarm' | 'rejected' | 'undone' | 'not_applied';
  changeId: string;
  title: string;
  detail: string;
  page: string | null;
};

export function endingIn(text: string): Ending | null {
  const head = /^(.+) \(\w+, change_id (\w+)\)\n([\s\S]+)$/.exec(text);
  if (head === null) return null;
  const [, title = '', changeId = '', rest = ''] = head;
  const page = /^Page: (.+)$/m.exec(rest)?.[1] ?? null;
  const detail = rest.replace(/^Page: .+$/m, '').trim();
  const kinds: [RegExp, Ending['kind']][] = [
    [/^Applied earlier and undone/, 'undone'],
    [/^Applied/, 'applied'],
    [/^(?:ALARM|Written, but NOT verified)/, 'alarm'],
    [/^The person declined/, 'rejected'],
    [/Nothing was written/, 'not_applied'],
    [/not known whether/, 'not_applied'],
  ];
  const kind = kinds.find(([pattern]) => pattern.test(detail))?.[1];
  return kind === undefined ? null : { kind, changeId, title, detail, page };
}
