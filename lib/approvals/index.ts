/** Propose, decide, apply once, verify, undo. The only caller of an operation's `apply`. */
export { activity, activityClients } from './activity.ts';
export { activityCsv } from './activity-csv.ts';
export { changeOfCall, noteCall } from './calls.ts';
export { checkAgain } from './check-again.ts';
export { decide } from './decide.ts';
export { onChange } from './events.ts';
export { changeOperations } from './operations.ts';
export { type Origin, propose } from './propose.ts';
export { changesOfChat, listChanges, stopOpenChanges, viewChange, waitForDecision } from './read.ts';
export { expireChanges, recoverChanges } from './recover.ts';
export { approvalUrl, changeResultText, changeText } from './text.ts';
export { toolkitOperations } from './toolkit-operations.ts';
export { undo } from './undo.ts';
export { undoChat } from './undo-all.ts';
export { waitingFor } from './waiting.ts';
