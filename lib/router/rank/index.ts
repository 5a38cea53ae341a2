/** Finding operations by plain words. Knows no operation by itself. */
export { withoutNames } from './question.ts';
export { createRanker, type Findable, type Ranker } from './rank.ts';
export { stem, stems } from './words.ts';
