/** A macro as it stands in a body: its name, its body as written, and its parameters. */
export type MacroBody = { name: string; body: string; parameters: Record<string, { value: string }> };

type Open = MacroBody & { wanted: boolean; from: number };

const tag =
  /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<(\/?)(ac:structured-macro|ac:parameter|ac:rich-text-body|ac:plain-text-body)((?:\s[^>]*?)?)(\/?)>/g;
const attribute = (text: string, name: string): string =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1] ?? '';

/** The macro with an id (`ac:macro-id` or `ac:local-id`) in a storage body; undefined when there is none. */
export function macroOf(storage: string, id: string): MacroBody | undefined {
  const open: Open[] = [];
  for (const match of storage.matchAll(tag)) {
    const [whole, slash, kind, attributes = '', empty] = match;
    if (kind === undefined) continue;
    const end = match.index + whole.length;
    if (kind === 'ac:structured-macro') {
      const macro = slash === '' ? started(attributes, id) : open.pop();
      if (slash === '' && empty === '' && macro) open.push(macro);
      else if (macro?.wanted) return { name: macro.name, body: macro.body, parameters: macro.parameters };
      continue;
    }
    const macro = open.at(-1);
    if (!macro || empty === '/') continue;
    if (slash === '') {
      macro.from = end;
      if (kind === 'ac:parameter') macro.parameters[attribute(attributes, 'ac:name')] = { value: '' };
    } else take(macro, kind, storage.slice(macro.from, match.index));
  }
  return undefined;
}

function started(attributes: string, id: string): Open {
  return {
    name: attribute(attributes, 'ac:name'),
    body: '',
    parameters: {},
    wanted:
      id !== '' && [attribute(attributes, 'ac:macro-id'), attribute(attributes, 'ac:local-id')].includes(id),
    from: 0,
  };
}

function take(macro: Open, kind: string, text: string): void {
  const last = Object.keys(macro.parameters).at(-1);
  if (kind === 'ac:parameter' && last !== undefined) macro.parameters[last] = { value: text };
  else if (kind === 'ac:plain-text-body')
    macro.body = text.replaceAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_whole, inner: string) => inner);
  else macro.body = text;
}
