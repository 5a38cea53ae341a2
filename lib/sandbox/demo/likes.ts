import { hex, pick } from './ids.ts';

/**
 * Who likes a page, post or comment. Likes follow readership: the more views a week, the more likes, at most a
 * third of those who can read it.
 * @param readers keys of those who can read it.
 * @param weekly views in a usual week; for a comment, those of its page divided by ten.
 */
export function likersOf(id: string, readers: readonly string[], weekly: number): string[] {
  const most = Math.min(Math.floor(readers.length / 3), Math.floor(weekly / 4));
  const count = most <= 0 ? 0 : pick(`likes ${id}`, most + 1);
  const at = (key: string) => hex(`like ${id} ${key}`);
  return readers.toSorted((a, b) => at(a).localeCompare(at(b))).slice(0, count);
}

/** Readers in the order of how much they care for a page: the first ones are its regular audience. */
export function audienceOf(id: string, readers: readonly string[]): string[] {
  const at = (key: string) => hex(`reader ${id} ${key}`);
  return readers.toSorted((a, b) => at(a).localeCompare(at(b)));
}
