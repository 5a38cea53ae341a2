import type { ErrorView } from '../errors.ts';
import type { ChangeView } from './change.ts';
import type { AccessNeeded, ToolkitNeeded } from './schemas.ts';

/** A page (or other item) that a tool really returned in this answer. */
export type Source = {
  id: string;
  kind: 'page' | 'blog_post' | 'space' | 'comment' | 'attachment' | 'user' | 'group' | 'other';
  title: string;
  url: string | null;
  space: { key: string; name: string } | null;
  version: number | null;
  /** ISO 8601. */
  updatedAt: string | null;
  updatedBy: string | null;
};

export type ConnectReason = 'not_connected' | 'expired' | 'revoked' | 'missing_scope' | 'no_site';

export type ToolState = 'running' | 'waiting' | 'done' | 'failed' | 'stopped';

/** One piece of a message. Order is the order in which things happened. */
export type Part =
  | { type: 'text'; text: string }
  | {
      type: 'tool';
      callId: string;
      /** Operation name. */
      name: string;
      /** One line for people: `Searched Confluence for "rate limits" · 6 results`. */
      label: string;
      state: ToolState;
      input: unknown;
      /** What the model was given: text, shown when the line is opened. Null while running. */
      output: string | null;
      sources: Source[];
      error: ErrorView | null;
    }
  | { type: 'change'; callId: string; changeId: string }
  | {
      /** A file that the person attached to their message. */
      type: 'file';
      fileId: string;
      name: string;
      mediaType: string;
      /** Bytes. */
      size: number;
      /** What can be read of it, as the model is given it; null: nothing, and always so in a browser. */
      text: string | null;
      /** Why nothing of it is read, or only a part. */
      note: string | null;
    }
  | {
      type: 'connect';
      callId: string;
      reason: ConnectReason;
      message: string;
      state: 'open' | 'done';
      /** Which permission is missing, when that is the reason; older cards name it in `message` only. */
      access?: AccessNeeded;
      /** The toolkit that is to be connected, instead of Confluence. */
      toolkit?: ToolkitNeeded;
    }
  | { type: 'sources'; sources: Source[] }
  | { type: 'error'; error: ErrorView; retryable: boolean };

/** `waiting`: for a decision or a connection. `interrupted`: the server stopped meanwhile. */
export type MessageStatus = 'running' | 'waiting' | 'done' | 'stopped' | 'failed' | 'interrupted';

export type Usage = { inputTokens: number; outputTokens: number };

export type Message = {
  id: string;
  chatId: string;
  parentId: string | null;
  role: 'user' | 'assistant';
  /** Ids of the messages with the same parent, this one included, oldest first: the branches one can turn to here. */
  siblings: string[];
  author: { id: string; name: string } | null;
  parts: Part[];
  status: MessageStatus;
  /** Model name that answered; null for people. */
  model: string | null;
  usage: Usage | null;
  createdAt: number;
};

export type ChatSummary = {
  id: string;
  title: string;
  updatedAt: number;
  pinned: boolean;
  waiting: boolean;
  /** Of a search: the place in a message where the words stand. */
  snippet?: string;
};

/** A chat as its owner sees it: the messages of the active branch, oldest first, and their changes. */
export type ChatView = {
  id: string;
  title: string;
  messages: Message[];
  changes: ChangeView[];
  /** Words for what the run is doing, or null when nothing runs. */
  activity: string | null;
};

/** Events of `GET /api/chats/{id}/events` (server-sent events, JSON in `data`). */
export type ChatEvent =
  | { type: 'snapshot'; chat: ChatView }
  | { type: 'message'; message: Message }
  | { type: 'text'; messageId: string; index: number; delta: string }
  | { type: 'part'; messageId: string; index: number; part: Part }
  | { type: 'status'; messageId: string; status: MessageStatus; usage: Usage | null }
  | { type: 'activity'; text: string | null }
  | { type: 'change'; change: ChangeView }
  | { type: 'title'; title: string };

export type FilePart = Extract<Part, { type: 'file' }>;

export type ConnectionView = {
  mode: 'oauth' | 'api_token' | 'access_token';
  status: 'active' | 'expired' | 'revoked' | 'no_site';
  account: { id: string; name: string; email: string | null };
  site: { id: string; name: string; url: string } | null;
  sites: { id: string; name: string; url: string }[];
  scopes: string[];
  connectedAt: number;
};

export type Mode = { confluence: 'sandbox' | 'atlassian'; model: 'demo' | 'openai'; modelName: string };
