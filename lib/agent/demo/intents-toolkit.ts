import type { Intent, Step } from './intents.ts';
import { resultOf, type Turn } from './reading.ts';
import { asGiven, outcome } from './say.ts';

/** As the names of a toolkit's operations begin. */
const slugOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '_');

function meant(quoted: string | undefined, bare: string | undefined): unknown {
  if (quoted !== undefined) return quoted;
  if (bare === 'true' || bare === 'false') return bare === 'true';
  return bare !== undefined && /^-?\d+(?:\.\d+)?$/.test(bare) ? Number(bare) : bare;
}

/** Named values as a person writes them: `title "Loose arm", limit 5`. */
function inputsIn(text: string): Record<string, unknown> {
  const pairs = text.matchAll(/([A-Za-z]\w*)\s*[=:]?\s*(?:"([^"]*)"|([^",\s]+))/g);
  return Object.fromEntries([...pairs].map(([, name = '', quoted, bare]) => [name, meant(quoted, bare)]));
}

/** A stranger's answer line by line, as a quotation. */
const quoted = (text: string): string => {
  const [head = '', ...lines] = text.split('\n');
  return `${head}\n\n${lines.map((line) => `> ${line}  `).join('\n')}`;
};

function use(turn: Turn, toolkit: string, task: string): Step {
  const [words = '', ...rest] = task.split(':');
  const query = `${toolkit} ${words.trim()}`;
  if (!turn.looked.includes(query)) return { call: 'discover_tools', input: { query } };
  const name = turn.found.find((one) => one.startsWith(`${slugOf(toolkit)}__`));
  if (name === undefined)
    return {
      say: `I found no tool of “${toolkit}” for that. An admin adds other MCP servers, and says which of their tools may be used, under Settings, Toolkits.`,
    };
  const result = resultOf(turn, name);
  if (result === undefined) return { call: name, input: inputsIn(rest.join(':')) };
  return { say: outcome(result) ?? quoted(asGiven(result)) };
}

/** Tools of other MCP servers, found as any model finds them; the inputs are given by name. */
export const toolkitIntents: readonly Intent[] = [
  {
    id: 'use-toolkit',
    matches: [/^(?:use|ask) (?:the )?(?<toolkit>[\w-]+)(?: toolkit)? to (?<task>.+)$/i],
    plan: (slots, turn) => use(turn, slots.toolkit ?? '', slots.task ?? ''),
  },
];
