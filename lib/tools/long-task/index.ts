/** Atlassian's long tasks (copy of a tree, archive, deletion of a tree): starting one and seeing it through. */
export { type Followed, followTask, receiptOf, taskNotes, taskStillOpen } from './follow.ts';
export { longTask, longTasks, type TaskState, taskNumber } from './task.ts';
