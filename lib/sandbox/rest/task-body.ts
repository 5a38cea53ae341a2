/** A check box as it stands in a body; offsets into the storage text. */
export type BodyTask = {
  localId: string;
  status: 'complete' | 'incomplete';
  statusStart: number;
  statusEnd: number;
  body: string;
  assignee: string | null;
  /** `2026-01-31`. */
  due: string | null;
};

type Open = { localId: string; status: string; statusStart: number; statusEnd: number; body: string | null };

const tag =
  /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<(\/?)(ac:task|ac:task-id|ac:task-status|ac:task-body)(?:\s[^>]*)?(\/?)>/g;

/** The tasks of a storage body, in order; those without an id or a status are left out. */
export function readTasks(storage: string): BodyTask[] {
  if (!storage.includes('<ac:task')) return [];
  const found: BodyTask[] = [];
  const open: Open[] = [];
  const started = new Map<string, number>();
  for (const match of storage.matchAll(tag)) {
    const [whole, slash, name, empty] = match;
    if (name === undefined || empty === '/') continue;
    const end = match.index + whole.length;
    if (name === 'ac:task') {
      if (slash === '') open.push({ localId: '', status: '', statusStart: -1, statusEnd: -1, body: null });
      else close(open.pop(), found);
    } else if (slash === '') {
      started.set(`${open.length} ${name}`, end);
    } else {
      take(open.at(-1), name, storage, started.get(`${open.length} ${name}`) ?? match.index, match.index);
    }
  }
  return found;
}

function take(task: Open | undefined, name: string, storage: string, start: number, end: number): void {
  if (!task) return;
  const text = storage.slice(start, end);
  if (name === 'ac:task-id') task.localId = text.trim();
  else if (name === 'ac:task-body') task.body = text;
  else Object.assign(task, { status: text.trim(), statusStart: start, statusEnd: end });
}

function close(task: Open | undefined, found: BodyTask[]): void {
  if (!task || task.localId === '' || task.body === null) return;
  if (task.status !== 'complete' && task.status !== 'incomplete') return;
  const { localId, status, statusStart, statusEnd, body } = task;
  found.push({
    localId,
    status,
    statusStart,
    statusEnd,
    body,
    assignee: /\bri:account-id="([^"]+)"/.exec(body)?.[1] ?? null,
    due: /<time\s[^>]*\bdatetime="(\d{4}-\d{2}-\d{2})/.exec(body)?.[1] ?? null,
  });
}

/** The same body with one task ticked or opened again; null when it has no such task. */
export function withTaskStatus(storage: string, localId: string, status: BodyTask['status']): string | null {
  const task = readTasks(storage).find((one) => one.localId === localId);
  return task ? storage.slice(0, task.statusStart) + status + storage.slice(task.statusEnd) : null;
}
