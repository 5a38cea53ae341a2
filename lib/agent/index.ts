/** The chat agent: one turn, the runs of this process, watching them. */
export { switchBranch } from './branches.ts';
export { chatMarkdown } from './export.ts';
export { modelInfo } from './models.ts';
export type { Person } from './registry.ts';
export { continueTurn, recoverRuns, retryTurn, startTurn, stopTurn } from './turn.ts';
export { chatView, subscribe } from './view.ts';
