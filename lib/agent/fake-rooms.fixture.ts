import { UserError } from '#errors';
import type { ChangeStatus, ChangeView, ConnectionView, Source } from '#lib/wire';
import type { LanguageModelV4, StreamPart } from './model-type.ts';

/** Stand-ins for the rooms below, so that a turn is tested alone. Tests put them in place with vi.mock. */

type ExecuteOptions = {
  user: { id: string; name: string };
  name: string;
  input: unknown;
  origin: { chatId: string; messageId: string; callId: string; fromPageText: boolean };
  signal: AbortSignal;
  progress: (text: string) => void;
};
type Handler = (o: ExecuteOptions) => unknown;

const tiers: Record<string, 'read' | 'write'> = {
  search_content: 'read',
  read_page: 'read',
  list_spaces: 'read',
  create_page: 'write',
  edit_page: 'write',
  get_change: 'read',
  add_label: 'write',
  list_comments: 'read',
};
const catalogue = Object.entries(tiers).map(([name, tier]) => ({
  name,
  title: `Title of ${name}`,
  summary: `Does ${name}`,
  tier,
}));

export const state = {
  handlers: {} as Record<string, Handler>,
  executed: [] as ExecuteOptions[],
  changes: new Map<string, ChangeView>(),
  connection: null as ConnectionView | null,
  stopped: [] as string[],
  /** Happens while the open cards of a chat are being settled. */
  whenStopping: null as (() => Promise<void>) | null,
  /** What answers, in place of the installation's model. */
  model: null as LanguageModelV4 | null,
  listeners: new Set<(changeId: string, chatId: string | null, userId: string) => void>(),
};

export function reset(): void {
  state.handlers = {};
  state.executed = [];
  state.changes.clear();
  state.connection = null;
  state.stopped = [];
  state.whenStopping = null;
}

export const router = {
  catalogue,
  everyOperation: () => catalogue,
  toolkitConnected: async () => false,
  findOperation: (name: string) => catalogue.find((one) => one.name === name) ?? null,
  inputJsonSchema: () => ({ type: 'object', properties: {} }),
  discover: (query: string) => ({
    hits: catalogue
      .filter((one) => query.split(' ').some((word) => one.name.includes(word)))
      .map((one) => ({
        ...one,
        score: 1,
        inputSchema: { type: 'object' },
        allowed: true,
        missingScopes: [],
        missingCases: [],
      })),
    tags: ['labels', 'comments'],
    plan: null,
  }),
  execute: async (o: ExecuteOptions) => {
    state.executed.push(o);
    const handler = state.handlers[o.name];
    if (handler === undefined) throw new UserError('not_found', `There is no ${o.name}.`);
    return handler(o);
  },
};

const words: Partial<Record<ChangeStatus, (change: ChangeView) => string>> = {
  proposed: () => 'Proposed, not written yet.',
  verified: () => 'Applied and verified by reading it back: as approved.',
  rejected: (change) => `The person declined this change, saying: "${change.reason}". Nothing was written.`,
};

export const approvals = {
  changeResultText: (change: ChangeView) =>
    `${change.title} (${change.operation}, change_id ${change.id})\n${words[change.status]?.(change) ?? change.status}`,
  changesOfChat: async (_userId: string, chatId: string) =>
    [...state.changes.values()].filter((change) => change.origin.chatId === chatId),
  viewChange: async (_user: unknown, id: string) => state.changes.get(id),
  stopOpenChanges: async (_userId: string, chatId: string) => {
    state.stopped.push(chatId);
    await state.whenStopping?.();
  },
  onChange: (listener: (changeId: string, chatId: string | null, userId: string) => void) => {
    state.listeners.add(listener);
    return () => state.listeners.delete(listener);
  },
};

export const connections = { connectionView: async () => state.connection };

export const connected = { mode: 'oauth', status: 'active', scopes: [] } as unknown as ConnectionView;

export const source = (id: string, title: string, more: Partial<Source> = {}): Source => ({
  id,
  kind: 'page',
  title,
  url: `http://x/${id}`,
  space: null,
  version: 3,
  updatedAt: null,
  updatedBy: null,
  ...more,
});

/** What `execute` answers for a read. */
export const readResult = (name: string, text: string, sources: Source[] = []) => ({
  kind: 'read',
  operation: router.findOperation(name),
  result: { text, data: {}, sources, label: 'done', untrusted: true },
  note: null,
});

/** A handler that proposes a change. */
export const proposes =
  (id: string, title = 'Add a section'): Handler =>
  (o) => {
    const change = {
      id,
      operation: o.name,
      title,
      status: 'proposed',
      reason: null,
      verification: null,
      origin: { kind: 'chat', chatId: o.origin.chatId, client: null },
    } as unknown as ChangeView;
    state.changes.set(id, change);
    return { kind: 'proposed', operation: router.findOperation(o.name), change };
  };

/** Moves a change on, as a person's decision would. */
export function decide(id: string, status: ChangeStatus, reason: string | null = null): void {
  const change = state.changes.get(id);
  if (change === undefined) throw new Error(`no change ${id}`);
  const next = { ...change, status, reason };
  state.changes.set(id, next);
  for (const listener of state.listeners) listener(id, next.origin.chatId, 'usr_ada');
}

export type Say = {
  text?: string;
  calls?: { name: string; input: unknown; id?: string }[];
  hold?: Promise<void>;
  fail?: unknown;
};
export type Prompt = Parameters<LanguageModelV4['doStream']>[0];

/** A model that plays a script; every request it got is kept. */
export function scripted(script: Say[]): LanguageModelV4 & { seen: Prompt[] } {
  const seen: Prompt[] = [];
  let count = 0;
  async function* parts(say: Say, options: Prompt): AsyncGenerator<StreamPart> {
    yield { type: 'stream-start', warnings: [] };
    if (say.text !== undefined) {
      yield { type: 'text-start', id: 't' };
      for (const piece of say.text.match(/\S+\s*/g) ?? [])
        yield { type: 'text-delta', id: 't', delta: piece };
      if (say.hold !== undefined) {
        await new Promise<void>((resolve, reject) => {
          say.hold?.then(resolve);
          options.abortSignal?.addEventListener('abort', () => reject(options.abortSignal?.reason));
        });
      }
      yield { type: 'text-end', id: 't' };
    }
    if (say.fail !== undefined) throw say.fail;
    for (const { name, input, id } of say.calls ?? []) {
      count += 1;
      yield {
        type: 'tool-call',
        toolCallId: id ?? `call_${count}`,
        toolName: name,
        input: typeof input === 'string' ? input : JSON.stringify(input),
      };
    }
    yield {
      type: 'finish',
      usage: {
        inputTokens: { total: 10, noCache: 10, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: 5, text: 5, reasoning: 0 },
      },
      finishReason:
        (say.calls?.length ?? 0) > 0 ? { unified: 'tool-calls', raw: 'x' } : { unified: 'stop', raw: 'x' },
    };
  }
  return {
    specificationVersion: 'v4',
    provider: 'test',
    modelId: 'scripted',
    supportedUrls: {},
    seen,
    doGenerate: () => Promise.reject(new Error('not used')),
    doStream: async (options) => {
      seen.push(options);
      const source = parts(script.shift() ?? { text: 'The script is empty.' }, options);
      return {
        stream: new ReadableStream<StreamPart>({
          async pull(controller) {
            const { done, value } = await source.next();
            if (done) controller.close();
            else controller.enqueue(value);
          },
        }),
      };
    },
  };
}

export const ada = { id: 'usr_ada', name: 'Ada Moreno' };

/** Her row in the database of a test file. */
export const adaRow = {
  ...ada,
  email: 'ada@halden.example',
  role: 'admin' as const,
  password_hash: null,
  atlassian_account_id: null,
  demo_key: null,
  created_at: 1,
  disabled_at: null,
};
