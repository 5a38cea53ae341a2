export type { Actor, ErrorCode, ErrorView } from '../errors.ts';
export * from './access.ts';
export * from './block-words.ts';
export * from './change.ts';
export * from './chat.ts';
export * from './diff.ts';
export * from './rich.ts';
