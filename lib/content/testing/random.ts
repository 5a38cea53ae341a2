/** A number from 0 up to, not including, `limit`. */
export type Random = (limit: number) => number;

/** A small generator with a fixed seed, so that a failure can be repeated. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
