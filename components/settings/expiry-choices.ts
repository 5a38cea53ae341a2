const usual: readonly (readonly [number, string])[] = [
  [1, 'tomorrow'],
  [30, 'in 30 days'],
  [90, 'in 90 days'],
  [365, 'in a year'],
];

/** When a right may end, shortest first: spans as `30d` and their words. `maxDays` null: no limit is set. */
export function expiryChoices(maxDays: number | null): { value: string; words: string }[] {
  const within = usual.filter(([days]) => maxDays === null || days <= maxDays);
  const longest = within.at(-1)?.[0];
  const last: readonly (readonly [number, string])[] =
    maxDays === null || longest === maxDays || maxDays > 365 ? [] : [[maxDays, `in ${maxDays} days`]];
  return [...within, ...last].map(([days, words]) => ({ value: `${days}d`, words }));
}

/** The choice that is made at first: 90 days, or the longest there is. */
export function usualExpiry(maxDays: number | null): string {
  const choices = expiryChoices(maxDays);
  return choices.find(({ value }) => value === '90d')?.value ?? choices.at(-1)?.value ?? '1d';
}
