import { shortHash } from '../parse/elements.ts';

/** What the id of a block is made of. */
export type Identity = {
  /** Kind and content, or Confluence's local id: `p-1x2y3z`. */
  base: string;
  /** Kind and content, whether or not there is a local id. */
  content: string;
  /** The headings it lies under. */
  path: string;
  /** The containers it is in. */
  within: string;
};

export type Ids = {
  /** The id of each block, in the order given; no two are equal. */
  ids: string[];
  /** All names a block can be called by. A name of several blocks stands for none of them. */
  names: Map<string, number[]>;
};

function grouped(keys: readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [at, key] of keys.entries()) {
    const group = groups.get(key);
    if (group) group.push(at);
    else groups.set(key, [at]);
  }
  return groups;
}

/**
 * Ids of blocks that edits elsewhere do not change: by content alone where that is unique; of equal blocks by the
 * headings above them; of those by what they are in; only blocks equal in all that are numbered. A number says out of
 * how many (`.2of3`), so that it never slides to another block: when one of them goes, the old id names none.
 */
export function blockIds(blocks: readonly Identity[]): Ids {
  const names = new Map<string, number[]>();
  const call = (name: string, at: readonly number[]): void => {
    const known = names.get(name);
    if (known === undefined) names.set(name, [...at]);
    else for (const one of at) if (!known.includes(one)) known.push(one);
  };
  const ids: string[] = Array<string>(blocks.length).fill('');
  const level = (keys: readonly string[]): void => {
    for (const [key, group] of grouped(keys)) {
      call(key, group.slice(0, 20));
      const [only] = group;
      if (group.length === 1 && only !== undefined && ids[only] === '') ids[only] = key;
    }
  };
  level(blocks.map(({ base }) => base));
  const byPath = blocks.map(({ base, content, path }) => `${base}.${shortHash(`${content}\n${path}`, 3)}`);
  level(byPath);
  const byContainer = blocks.map(
    ({ base, content, path, within }) => `${base}.${shortHash(`${content}\n${path}\n${within}`, 5)}`,
  );
  level(byContainer);
  for (const [key, group] of grouped(byContainer)) {
    if (group.length === 1) continue;
    for (const [order, at] of group.entries()) {
      const id = `${key}.${order + 1}of${group.length}`;
      ids[at] = id;
      call(id, [at]);
    }
  }
  level(blocks.map(({ content }) => content));
  return { ids, names };
}
