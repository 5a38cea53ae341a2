import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makers } from './generated.fixture.ts';
import { oddities } from './oddities.fixture.ts';

/** `about`: what the body is there for. */
export type CorpusBody = { name: string; storage: string; about: string };

const FOLDER = join(import.meta.dirname, 'data');

/**
 * Bodies of one file. A line `<?body name | what it is there for?>` starts one; it ends before the line break
 * in front of the next such line, or at the end of the file.
 */
function bodiesOf(file: string): CorpusBody[] {
  const text = readFileSync(join(FOLDER, file), 'utf8').replace(/\n$/, '');
  const heads = [...text.matchAll(/^<\?body ([\w-]+) \| (.+)\?>$/gm)];
  return heads.map((head, at) => {
    const [line, name = '', about = ''] = head;
    const start = head.index + line.length + 1;
    const next = heads[at + 1];
    return { name, about, storage: text.slice(start, next ? next.index - 1 : text.length) };
  });
}

/** Bodies written by hand, in a fixed order. */
export const written: CorpusBody[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.xml'))
  .toSorted()
  .flatMap(bodiesOf)
  .concat(oddities);

/** Large bodies by name, made when first asked for. */
export const generated: CorpusBody[] = makers.map(({ name, about, make }) => {
  let storage: string | null = null;
  return {
    name,
    about,
    get storage() {
      storage ??= make();
      return storage;
    },
  };
});

/** Every body of the corpus. */
export const corpus: CorpusBody[] = [...written, ...generated];
