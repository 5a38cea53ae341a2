import { type Random, randomFrom } from '../testing/random.ts';

/** Large bodies, the same at each run. Sizes are counted in UTF-16 units of the storage. */

const KB = 1024;

const WORDS =
  'boat quay berth ramp tide wind mate deck crew fare ticket holm skerries harbour night morning freight line rope engine radio log chart buoy light fog storm master port stern bow'.split(
    ' ',
  );

const pick = <T>(random: Random, list: readonly [T, ...T[]]): T => list[random(list.length)] ?? list[0];

function words(random: Random, count: number): string {
  return Array.from({ length: count }, () => WORDS[random(WORDS.length)] ?? 'boat').join(' ');
}

const id = (random: Random): string =>
  random(2 ** 31)
    .toString(16)
    .padStart(8, '0');

function macro(random: Random, name: string, parameters: [string, string][], body = ''): string {
  const inner = parameters.map(([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`);
  return `<ac:structured-macro ac:name="${name}" ac:schema-version="1" ac:macro-id="${id(random)}-0000-4000-8000-${id(random)}">${inner.join('')}${body}</ac:structured-macro>`;
}

const rich = (body: string): string => `<ac:rich-text-body>${body}</ac:rich-text-body>`;
const plain = (body: string): string => `<ac:plain-text-body><![CDATA[${body}]]></ac:plain-text-body>`;

function sentence(random: Random): string {
  const text = words(random, 6 + random(14));
  return pick<() => string>(random, [
    () => `${text}.`,
    () => `${text} <strong>${words(random, 2)}</strong> &amp; ${words(random, 3)}.`,
    () =>
      `${text} <ac:link><ri:page ri:content-title="Berth ${random(40)}" ri:space-key="OPS" /><ac:link-body>${words(random, 2)}</ac:link-body></ac:link>.`,
    () => `<code>${words(random, 1)}_${random(99)}</code> ${text}&nbsp;m.`,
    () =>
      `${text} <ac:inline-comment-marker ac:ref="${id(random)}-0000-4000-8000-000000000000">${words(random, 2)}</ac:inline-comment-marker>.`,
    () =>
      `${text} <ac:link><ri:user ri:account-id="712020:${id(random)}" /></ac:link> <time datetime="2026-0${1 + random(9)}-1${random(10)}" />.`,
    () =>
      `${macro(random, 'status', [
        ['title', words(random, 1)],
        ['colour', 'Green'],
      ])} ${text}.`,
  ])();
}

const paragraph = (random: Random): string =>
  `<p local-id="${id(random)}">${Array.from({ length: 1 + random(4) }, () => sentence(random)).join(' ')}</p>`;

function cells(random: Random, rows: number, columns: number): string {
  const row = (tag: string): string =>
    `<tr>${Array.from({ length: columns }, () => `<${tag}><p>${words(random, 1 + random(3))}</p></${tag}>`).join('')}</tr>`;
  return `<table data-layout="default" ac:local-id="${id(random)}"><tbody>${row('th')}${Array.from({ length: rows - 1 }, () => row('td')).join('')}</tbody></table>`;
}

function tasks(random: Random, count: number, first: number): string {
  const one = (at: number): string =>
    `<ac:task><ac:task-id>${first + at}</ac:task-id><ac:task-status>${random(2) === 0 ? 'complete' : 'incomplete'}</ac:task-status><ac:task-body>${sentence(random)}</ac:task-body></ac:task>`;
  return `<ac:task-list>${Array.from({ length: count }, (_, at) => one(at)).join('\n')}</ac:task-list>`;
}

function code(random: Random, lines: number): string {
  const line = (): string =>
    `${'  '.repeat(random(3))}if (${words(random, 1)} < ${random(99)} && !${words(random, 1)}) { return "${words(random, 2)}"; }`;
  return macro(
    random,
    'code',
    [['language', pick(random, ['js', 'java', 'python'])]],
    plain(Array.from({ length: lines }, line).join('\n')),
  );
}

const image = (random: Random, at: number): string =>
  `<ac:image ac:align="center" ac:layout="center" ac:original-height="600" ac:original-width="800" ac:custom-width="true" ac:alt="${words(random, 3)}" ac:width="${300 + random(400)}"><ri:attachment ri:filename="picture-${at}.png" ri:version-at-save="1" /><ac:caption><p>${words(random, 5)}</p></ac:caption><ac:adf-mark key="border" size="1" color="#091e4224" /></ac:image>`;

const list = (random: Random): string =>
  `<ul local-id="${id(random)}">${Array.from({ length: 2 + random(5) }, () => `<li local-id="${id(random)}"><p local-id="${id(random)}">${sentence(random)}</p></li>`).join('')}</ul>`;

/** About `size` characters of mixed blocks; `macros` of ten blocks are macros. */
function page(seed: number, size: number, macros: number): string {
  const random = randomFrom(seed);
  const parts: string[] = [];
  let length = 0;
  for (let at = 0; length < size; at += 1) {
    const part =
      at % 9 === 0
        ? `<h2 local-id="${id(random)}">${at} ${words(random, 4)}</h2>`
        : random(10) < macros
          ? pick<() => string>(random, [
              () => macro(random, 'info', [['title', words(random, 2)]], rich(paragraph(random))),
              () => macro(random, 'expand', [['title', words(random, 3)]], rich(list(random))),
              () => code(random, 4),
              () => macro(random, 'jira', [['key', `BW-${random(999)}`]]),
              () =>
                macro(
                  random,
                  'panel',
                  [['bgColor', '#deebff']],
                  rich(`<h3>${words(random, 2)}</h3>${paragraph(random)}`),
                ),
              () =>
                macro(random, 'excerpt-include', [
                  ['', `<ac:link><ri:page ri:content-title="Berth ${random(40)}" /></ac:link>`],
                ]),
            ])()
          : pick<() => string>(random, [
              () => paragraph(random),
              () => paragraph(random),
              () => list(random),
              () => cells(random, 4, 3),
              () => tasks(random, 3, at * 10),
              () => image(random, at),
            ])();
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}

/** `about` and size by name; each is made when it is asked for. */
export const makers: { name: string; about: string; make: () => string }[] = [
  { name: 'large-10-kb', about: 'a mixed page of 10 KB', make: () => page(1, 10 * KB, 3) },
  { name: 'large-50-kb', about: 'a mixed page of 50 KB', make: () => page(2, 50 * KB, 3) },
  {
    name: 'large-macros-200-kb',
    about: 'a page of 200 KB, most of it macros',
    make: () => page(3, 200 * KB, 8),
  },
  { name: 'large-1-mb', about: 'a mixed page of 1 MB', make: () => page(4, 1024 * KB, 3) },
  { name: 'large-table', about: 'a table of 6,000 cells', make: () => cells(randomFrom(5), 600, 10) },
  { name: 'large-table-wide', about: 'a table of 60 columns', make: () => cells(randomFrom(6), 30, 60) },
  { name: 'large-tasks', about: 'a list of 800 tasks', make: () => tasks(randomFrom(7), 800, 1) },
  { name: 'large-code', about: 'a code block of 3,000 lines', make: () => code(randomFrom(8), 3000) },
  {
    name: 'large-images',
    about: '400 images with captions',
    make: () => {
      const random = randomFrom(9);
      return Array.from({ length: 400 }, (_, at) => image(random, at)).join('');
    },
  },
  {
    name: 'large-paragraph',
    about: 'one paragraph of 100 KB with marks, links and comments',
    make: () => {
      const random = randomFrom(10);
      return `<p>${Array.from({ length: 700 }, () => sentence(random)).join(' ')}</p>`;
    },
  },
  {
    name: 'large-flat-headings',
    about: '1,500 headings with one paragraph each',
    make: () => {
      const random = randomFrom(11);
      const heading = (level: number, at: number): string =>
        `<h${level}>${at} ${words(random, 3)}</h${level}>`;
      return Array.from({ length: 1500 }, (_, at) => heading(1 + random(4), at) + paragraph(random)).join('');
    },
  },
];
