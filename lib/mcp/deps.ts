import type {
  approvalUrl,
  changeOfCall,
  changeResultText,
  changeText,
  decide,
  noteCall,
  waitForDecision,
} from '#lib/approvals';
import type { KeyLimits, User, VerifiedKey, VerifiedToken, verifyKey, verifyToken } from '#lib/auth';
import type { connectionView, openConnection } from '#lib/connections';
import type { discover, execute, findOperation, Operation, refusal } from '#lib/router';
import type { Ask } from './elicitation/ask.ts';

/** What the server is built on: the rooms below, or stand-ins in tests. */
export type McpDeps = {
  execute: typeof execute;
  discover: typeof discover;
  findOperation: typeof findOperation;
  /** Every operation there is, in the order of the catalogue. */
  operations: readonly Operation[];
  refusal: typeof refusal;
  decide: typeof decide;
  waitForDecision: typeof waitForDecision;
  changeOfCall: typeof changeOfCall;
  noteCall: typeof noteCall;
  approvalUrl: typeof approvalUrl;
  changeResultText: typeof changeResultText;
  changeText: typeof changeText;
  connectionView: typeof connectionView;
  openConnection: typeof openConnection;
  verifyKey: typeof verifyKey;
  verifyToken: typeof verifyToken;
};

/** Who calls: the owner of a key, within its limits. A client with an access token has its grant for a key. */
export type Principal = {
  user: User;
  key: VerifiedKey['key'];
  limits: KeyLimits;
  /** Of an access token: tiers that its client could still ask the person for. */
  unasked?: VerifiedToken['unasked'];
};

/** One tool call at work. */
export type Call = {
  deps: McpDeps;
  principal: Principal;
  /** Aborted when the client closes the request. */
  signal: AbortSignal;
  progress: (text: string) => void;
  /** The client has carried its person to the connect page for this very call. */
  fromConnecting?: true;
};

/** What a tool answers, before the client's choice of form. */
export type Answer = {
  /** In full, for a model. */
  text: string;
  /** One line, beside structured content. */
  short: string;
  data: Record<string, unknown>;
  isError?: boolean;
  /** Structured content is sent in every form: a client acts on it (a link, a change id). */
  alwaysData?: boolean;
  image?: { mediaType: string; base64: string };
  /** Why a person is needed before there is more to say; the text says it too, for clients that cannot ask. */
  ask?: Ask;
};
