import { toMarkdown } from '#lib/content';
import { addressesOf } from './prepare.ts';
import type { ExportPage, ExportSet, Made } from './source.ts';

/** A value of YAML front matter: JSON strings are YAML too. */
const yaml = (value: string): string => JSON.stringify(value);

/** Names of the macros that stand as placeholders in the Markdown. */
function placeholders(markdown: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [, name = ''] of markdown.matchAll(/\{\{macro:([\w.-]+)/g))
    found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}

/** A page as Markdown with front matter; links and images lead to the files beside it. */
export function markdownOf(set: ExportSet, page: ExportPage, o: { linked: boolean }): Made {
  const { document, space } = page;
  const addresses = addressesOf(set, page, { ending: o.linked ? 'md' : null, file: 'address' });
  const view = toMarkdown(document.body ?? '', addresses);
  const head = [
    '---',
    `title: ${yaml(document.title)}`,
    `source: ${yaml(document.url)}`,
    `space: ${yaml(space.key)}`,
    `id: ${yaml(document.id)}`,
    `version: ${document.version}`,
    ...(document.versionAt === null ? [] : [`updated: ${yaml(document.versionAt)}`]),
    ...(page.by === null ? [] : [`updated_by: ${yaml(page.by)}`]),
    '---',
    '',
    `# ${document.title.replace(/[\r\n]+/g, ' ')}`,
    '',
  ].join('\n');
  const notShown = [
    ...[...placeholders(view.markdown)]
      .filter(([name]) => name !== 'toc' && name !== 'anchor')
      .map(([name, times]) => `macro "${name}" (a placeholder${times === 1 ? '' : `, ${times} times`})`),
    ...view.notRendered.map(({ what, count }) => (count === 1 ? what : `${what} (${count} times)`)),
    ...page.files
      .filter((file) => file.bytes === null)
      .map((file) => `file "${file.name}": ${file.why ?? 'missing'}`),
  ];
  return {
    bytes: Buffer.from(`${head}\n${view.markdown}\n`),
    ending: 'md',
    mediaType: 'text/markdown; charset=utf-8',
    notShown,
  };
}
