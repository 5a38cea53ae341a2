import { gfm } from '@joplin/turndown-plugin-gfm';
import TurndownService from 'turndown';
import { parseStorage, type StorageNode, stripInvisible, toMarkdown } from '#lib/content';
import { corpus } from '../../lib/content/corpus/corpus.fixture.ts';
import { type Row, table } from './row.ts';

type Element = Extract<StorageNode, { type: 'element' }>;

const value = (element: Element, name: string): string =>
  element.attributes.find((one) => one.name === name)?.value ?? '';

const ownText = (element: Element): string =>
  element.children
    .map((child) => (child.type === 'text' || child.type === 'cdata' ? child.text : ''))
    .join('');

const child = (element: Element, name: string, key?: string): Element | undefined =>
  element.children.find(
    (one): one is Element =>
      one.type === 'element' && one.name === name && (key === undefined || value(one, 'ac:name') === key),
  );

const isMacro = ({ name }: Element): boolean => name === 'ac:structured-macro' || name === 'ac:macro';

/** Text to look for in the Markdown of a page. `sign` is looked for as it is: it must stand as often as the thing. */
type Fact = { kind: string; text: string } | { kind: string; sign: RegExp };

/** What a reader, or a model that edits, must find again in another form of the page. */
function factsOf(element: Element): Fact[] {
  const { name } = element;
  const text = (kind: string, one: string): Fact[] => (one.trim() === '' ? [] : [{ kind, text: one }]);
  if (isMacro(element) && value(element, 'ac:name') === 'status') {
    const title = child(element, 'ac:parameter', 'title');
    return text('statuses', title ? ownText(title) : '');
  }
  if (isMacro(element)) {
    const code = child(element, 'ac:plain-text-body');
    const own = value(element, 'ac:name');
    return own === 'code' && code
      ? text('macros', ownText(code).trim().split('\n')[0] ?? '')
      : text('macros', own);
  }
  if (name === 'ri:user') return text('mentions', value(element, 'ri:account-id'));
  if (name === 'ri:attachment') return text('attachments', value(element, 'ri:filename'));
  if (name === 'ri:page' || name === 'ri:blog-post')
    return text('link targets', value(element, 'ri:content-title'));
  if (name === 'a') return text('link targets', value(element, 'href'));
  if (name === 'time') return text('dates', value(element, 'datetime'));
  if (name === 'ac:task') {
    const status = child(element, 'ac:task-status');
    const done = status !== undefined && ownText(status).trim() === 'complete';
    return [{ kind: 'states of tasks', sign: done ? /\[x\]/gi : /\[ \]/g }];
  }
  if (name === 'ac:inline-comment-marker') return [{ kind: 'comment markers', sign: /\{comment #|ac:ref/g }];
  if (name === 'td' || name === 'th') {
    const merged = [value(element, 'colspan'), value(element, 'rowspan')].some((span) => Number(span) > 1);
    return merged ? [{ kind: 'merged cells', sign: /[←↑]|(?:col|row)span/g }] : [];
  }
  return [];
}

/** Text as it is read: escapes, entities and percent signs resolved, white space even, nothing hidden. */
function asRead(markdown: string): string {
  const decoded = markdown.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString(),
  );
  return stripInvisible(decoded)
    .replace(/\\(?=[\p{P}\p{S}])/gu, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replace(/\s+/g, ' ');
}

function lostIn(markdown: string, facts: Fact[]): Map<string, number> {
  const read = asRead(markdown);
  const left = new Map<string, number>();
  const lost = new Map<string, number>();
  for (const fact of facts) {
    let kept: boolean;
    if ('text' in fact) kept = read.includes(asRead(fact.text).trim());
    else {
      const key = fact.sign.source;
      const there = left.get(key) ?? markdown.match(fact.sign)?.length ?? 0;
      kept = there > 0;
      left.set(key, there - 1);
    }
    if (!kept) lost.set(fact.kind, (lost.get(fact.kind) ?? 0) + 1);
  }
  return lost;
}

const turndown = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced' });
turndown.use(gfm);

/** The bodies of the corpus that are not made to be large. */
const bodies = corpus.filter(({ storage }) => storage.length < 50_000);

/**
 * The Markdown view over the corpus against a plain converter of HTML to Markdown: characters, and what no longer
 * occurs in the output of each.
 */
export function againstRows(): Row[] {
  const chars = { storage: 0, ours: 0, theirs: 0 };
  const totals = new Map<string, { all: number; ours: number; theirs: number }>();
  for (const { storage } of bodies) {
    const facts = parseStorage(storage).nodes.flatMap((node) =>
      node.type === 'element' ? factsOf(node) : [],
    );
    const [ours, theirs] = [toMarkdown(storage).markdown, turndown.turndown(storage)];
    chars.storage += storage.length;
    chars.ours += ours.length;
    chars.theirs += theirs.length;
    const [lostHere, lostThere] = [lostIn(ours, facts), lostIn(theirs, facts)];
    for (const kind of new Set(facts.map((fact) => fact.kind))) {
      const sum = totals.get(kind) ?? { all: 0, ours: 0, theirs: 0 };
      sum.all += facts.filter((fact) => fact.kind === kind).length;
      sum.ours += lostHere.get(kind) ?? 0;
      sum.theirs += lostThere.get(kind) ?? 0;
      totals.set(kind, sum);
    }
  }
  const share = (part: number): string => `${Math.round((part / chars.storage) * 100)} % of storage`;
  return [
    {
      name: 'content: characters of the Markdown view',
      value: chars.ours,
      unit: 'characters',
      aim: '',
      note: `${share(chars.ours)}, ${bodies.length} bodies; turndown ${chars.theirs.toLocaleString('en')}, ${share(chars.theirs)}`,
    },
    ...[...totals].map(
      ([kind, { all, ours, theirs }]): Row => ({
        name: `content: ${kind} lost in Markdown`,
        value: (ours / all) * 100,
        unit: '%',
        aim: '0',
        note: `${ours} of ${all}; turndown ${theirs} (${Math.round((theirs / all) * 100)} %)`,
      }),
    ),
  ];
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${table(againstRows())}\n`);
