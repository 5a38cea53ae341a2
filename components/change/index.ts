export { ChangeCard } from './change-card.tsx';
export { ChangePage } from './change-page.tsx';
export { FieldDiffs } from './field-diffs.tsx';
export { targetKinds, targetLine } from './target-kinds.ts';
export { isNewer, lookOf, looks, shortWord } from './words.ts';
