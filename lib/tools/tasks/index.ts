import type { Operation } from '../operation.ts';
import { createTask } from './create-task.ts';
import { listTasks } from './list-tasks.ts';
import { setTaskStatus } from './set-task-status.ts';

/** The operations of the tag `tasks`. */
export const tasksOperations: readonly Operation[] = [listTasks, setTaskStatus, createTask];
