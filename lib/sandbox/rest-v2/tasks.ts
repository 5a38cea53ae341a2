import {
  contentsToScan,
  deleteTask,
  findContent,
  findVersion,
  markScanned,
  nextId,
  putTask,
  rewriteBody,
  tasksOf,
  tasksOfSite,
  versionsOf,
} from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import { badRequest, notFound } from '../http/problem.ts';
import type { Call, Route } from '../rest/route.ts';
import { type BodyTask, readTasks, withTaskStatus } from '../rest/task-body.ts';
import type { Content, Task } from '../types.ts';
import { idParam, requireUpdate } from './find.ts';
import { paged } from './paging.ts';
import { bodyJson, listFormats } from './shapes.ts';

type Placed = { task: Task; content: Content };

/** Reads the check boxes of every body that was written since the last look. */
function followBodies(call: Call): void {
  const { db } = call;
  for (const content of contentsToScan(db, call.site.cloudId)) {
    const before = new Map(tasksOf(db, content.id).map((task) => [task.localId, task]));
    db.transaction(() => {
      for (const found of readTasks(content.storage)) {
        putTask(db, taskOf(call, content, found, before.get(found.localId)));
        before.delete(found.localId);
      }
      for (const gone of before.values()) deleteTask(db, gone.id);
      markScanned(db, content);
    })();
  }
}

function taskOf(call: Call, content: Content, found: BodyTask, known: Task | undefined): Task {
  const first = known ? undefined : firstWith(call, content, found.localId);
  const done = found.status === 'complete';
  const ticked = done && known?.status !== 'complete';
  return {
    id: known?.id ?? nextId(call.db, 'thing'),
    cloudId: content.cloudId,
    contentId: content.id,
    localId: found.localId,
    status: found.status,
    body: found.body,
    createdBy: known?.createdBy ?? first?.authorId ?? content.versionBy,
    createdAt: known?.createdAt ?? first?.createdAt ?? content.versionAt,
    assignedTo: found.assignee,
    updatedAt: content.versionAt,
    dueAt: found.due === null ? null : `${found.due}T00:00:00.000Z`,
    completedBy: ticked ? content.versionBy : done ? (known?.completedBy ?? null) : null,
    completedAt: ticked ? content.versionAt : done ? (known?.completedAt ?? null) : null,
  };
}

function firstWith(call: Call, content: Content, localId: string) {
  return versionsOf(call.db, content.id).findLast((version) =>
    version.storage.includes(`<ac:task-id>${localId}</ac:task-id>`),
  );
}

function visible(call: Call, task: Task): Placed[] {
  const content = findContent(call.db, call.site.cloudId, task.contentId);
  return content?.status === 'current' && call.access.canView(content) ? [{ task, content }] : [];
}

function taskJson(call: Call, { task, content }: Placed): Record<string, unknown> {
  const format = call.query.oneOf('body-format', listFormats);
  return {
    id: task.id,
    localId: task.localId,
    spaceId: content.spaceId,
    ...(content.type === 'page' ? { pageId: content.id } : { blogPostId: content.id }),
    status: task.status,
    ...(format ? { body: bodyJson(call, content, task.body, format) } : {}),
    createdBy: task.createdBy,
    ...(task.assignedTo ? { assignedTo: task.assignedTo } : {}),
    ...(task.completedBy ? { completedBy: task.completedBy } : {}),
    createdAt: task.createdAt,
    updatedAt: task.updatedAt,
    ...(task.dueAt ? { dueAt: task.dueAt } : {}),
    ...(task.completedAt ? { completedAt: task.completedAt } : {}),
  };
}

const lastMoment = 8_640_000_000_000_000;

/** True when the time lies in `{name}-from` .. `{name}-to` (epoch milliseconds, both ends inclusive). */
function inRange(call: Call, name: string, at: string | null): boolean {
  const from = call.query.integer(`${name}-from`, { min: 0, max: lastMoment });
  const to = call.query.integer(`${name}-to`, { min: 0, max: lastMoment });
  if (from === undefined && to === undefined) return true;
  const time = at === null ? Number.NaN : Date.parse(at);
  return time >= (from ?? 0) && time <= (to ?? lastMoment);
}

function list(call: Call): Reply {
  const { query } = call;
  followBodies(call);
  const status = query.oneOf('status', ['complete', 'incomplete'] as const);
  const blank = query.flag('include-blank-tasks', true);
  const among = (name: string, value: string | null | undefined, values = query.list(name)) =>
    !values || (value !== null && value !== undefined && values.includes(value));
  const pages = query.ids('page-id', 500);
  const posts = query.ids('blogpost-id', 500);
  const spaces = query.ids('space-id', 500);
  const ids = query.ids('task-id', 500);
  const found = tasksOfSite(call.db, call.site.cloudId)
    .filter(
      (task) =>
        (!status || task.status === status) &&
        (blank || task.body.replace(/<[^>]*>/g, '').trim() !== '') &&
        (!ids || ids.includes(task.id)) &&
        // Page and blog post filters widen each other.
        ((!pages && !posts) || [...(pages ?? []), ...(posts ?? [])].includes(task.contentId)) &&
        among('created-by', task.createdBy) &&
        among('assigned-to', task.assignedTo) &&
        among('completed-by', task.completedBy) &&
        inRange(call, 'created-at', task.createdAt) &&
        inRange(call, 'due-at', task.dueAt) &&
        inRange(call, 'completed-at', task.completedAt),
    )
    .flatMap((task) => visible(call, task))
    .filter(({ content }) => !spaces || spaces.includes(content.spaceId));
  return paged(call, found, (one) => taskJson(call, one));
}

function visibleTask(call: Call): Placed {
  followBodies(call);
  const id = idParam(call);
  const task = tasksOfSite(call.db, call.site.cloudId).find((one) => one.id === id);
  const [placed] = task ? visible(call, task) : [];
  if (!placed) throw notFound();
  return placed;
}

/** `PUT /tasks/{id}`: ticks or opens; the body of the page changes in that place, its version does not. */
function update(call: Call): Reply {
  const placed = visibleTask(call);
  const status = call.body().requiredText('status');
  if (status !== 'complete' && status !== 'incomplete')
    throw badRequest("'status' must be complete or incomplete.");
  requireUpdate(call, placed.content);
  if (status === placed.task.status) return json(taskJson(call, placed));
  const storage = withTaskStatus(placed.content.storage, placed.task.localId, status);
  if (storage === null || !findVersion(call.db, placed.content.id, placed.content.version)) throw notFound();
  const now = new Date().toISOString();
  const done = status === 'complete';
  const task: Task = {
    ...placed.task,
    status,
    updatedAt: now,
    completedBy: done ? call.person.accountId : null,
    completedAt: done ? now : null,
  };
  call.db.transaction(() => {
    rewriteBody(call.db, placed.content, storage);
    putTask(call.db, task);
  })();
  call.app.index.changed(placed.content.id);
  return json(taskJson(call, { task, content: { ...placed.content, storage } }));
}

export const taskRoutes: Route[] = [
  { method: 'GET', path: '/wiki/api/v2/tasks', scopes: ['read:task:confluence'], handle: list },
  {
    method: 'GET',
    path: '/wiki/api/v2/tasks/{id}',
    scopes: ['read:task:confluence'],
    handle: (call) => ({ ...json(taskJson(call, visibleTask(call))), points: 1 }),
  },
  { method: 'PUT', path: '/wiki/api/v2/tasks/{id}', scopes: ['write:task:confluence'], handle: update },
];
