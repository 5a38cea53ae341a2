import { type LongTaskRow, longTasksOf } from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import { notFound } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import { percentOf } from '../tasks/long-tasks.ts';
import { listed } from './paging.ts';

const message = (translation: string) => ({ translation, args: [] });

function taskJson(task: LongTaskRow): Record<string, unknown> {
  const errors = JSON.parse(task.errors) as string[];
  const finished = task.finishedAt !== null;
  const percent = percentOf(task);
  return {
    ari: `ari:cloud:confluence:${task.cloudId}:long-task/${task.id}`,
    id: task.id,
    name: { key: task.name, args: [] },
    elapsedTime: (task.finishedAt ?? Date.now()) - task.startedAt,
    percentageComplete: percent,
    successful: finished && errors.length === 0,
    finished,
    messages: [message(finished ? 'Done.' : `${percent}% done.`)],
    errors: errors.map(message),
    additionalDetails: JSON.parse(task.details) as object,
  };
}

/** The 202 of a request whose work goes on in a long task; the link lacks `/wiki`, as on live sites. */
export function longTaskStarted(task: LongTaskRow): Reply {
  return json(
    {
      ari: `ari:cloud:confluence:${task.cloudId}:long-task/${task.id}`,
      id: task.id,
      links: { status: `/rest/api/longtask/${task.id}` },
    },
    202,
  );
}

/** `GET /longtask/{id}`: a task of the caller; those of others are not there for them. */
function one(call: Call): Reply {
  const id = param(call, 'id');
  const task = longTasksOf(call.db, call.site.cloudId, call.person.accountId).find((row) => row.id === id);
  if (!task) throw notFound(`No task found with id : ${id}`);
  const links = { base: call.base, context: '/wiki', self: `${call.base}/rest/api/longtask/${id}` };
  return json({ ...taskJson(task), _links: links });
}

/** `GET /longtask`: the caller's tasks, newest first; finished ones stay for a day. */
function all(call: Call): Reply {
  const key = call.query.text('key');
  const since = Date.now() - 86_400_000;
  const tasks = longTasksOf(call.db, call.site.cloudId, call.person.accountId).filter(
    (task) => (key === undefined || task.name === key) && (task.finishedAt ?? Date.now()) > since,
  );
  return listed(call, tasks, taskJson, { limit: 100, most: 1000 });
}

const root = '/wiki/rest/api/longtask';
const scopes = ['read:content.metadata:confluence'];

export const longTaskRoutes: Route[] = [
  { method: 'GET', path: root, scopes, handle: all },
  { method: 'GET', path: `${root}/{id}`, scopes, classic: ['read:confluence-space.summary'], handle: one },
];
