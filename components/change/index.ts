export { ChangeCard } from './change-card.tsx';
export { ChangePage } from './change-page.tsx';
export { isNewer, looks, shortWords } from './words.ts';
