/** How long ago a page was last edited, in steps. `days`: up to, not including. */
export const ages: readonly { name: string; days: number }[] = [
  { name: 'under 3 months', days: 91 },
  { name: '3 to 6 months', days: 183 },
  { name: '6 to 12 months', days: 365 },
  { name: '1 to 2 years', days: 731 },
  { name: 'over 2 years', days: Number.POSITIVE_INFINITY },
];

/** The step a page belongs to, by days since its last edit. */
export const ageOf = (days: number): string => ages.find((step) => days < step.days)?.name ?? '';
