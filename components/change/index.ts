export { ChangeCard } from './change-card.tsx';
export { ChangePage } from './change-page.tsx';
export { isNewer, lookOf, looks, shortWord } from './words.ts';
