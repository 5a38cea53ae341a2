import { randomUUID } from 'node:crypto';
import {
  type InputRequiredResult,
  inputRequired,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server';
import type { ChangeView } from '#lib/wire';
import type { Call } from '../deps.ts';
import { visible } from '../visible.ts';
import { type About, sealState } from './request-state.ts';

/** Why a person is needed before an answer can be had: what an answer carries beside its text. */
export type Ask =
  | { page: 'change'; change: ChangeView }
  | {
      page: 'connect';
      url: string;
      /** What is missing, in a sentence. */
      why: string;
      /** Permissions the connection must have; none: that it exists. */
      scopes: readonly string[];
    };

/**
 * How this client can carry its person to a page. `error`: revision 2025-11-25, whose client calls again without
 * saying what its person did. `result`: 2026-07-28, whose client comes back with their answer.
 */
export type Asker =
  | { by: 'error'; session: string; complete: (elicitationId: string) => void }
  | { by: 'result'; state: string | undefined; responses: Record<string, unknown> | undefined };

/** The one input request of an `input_required` result. */
export const answerKey = 'opened';

/** The page, and what the client tells its person about it. The address opens nothing by itself: the page asks who comes. */
function pageOf({ deps, principal }: Call, ask: Ask): { url: string; message: string } {
  if (ask.page === 'change') {
    return {
      url: deps.approvalUrl(ask.change.id),
      message: `Review and decide: ${visible(ask.change.title)}. Nothing is written before you apply it on this page.`,
    };
  }
  return {
    // Somebody else who is given the address is told that it is not theirs.
    url: `${ask.url}&for=${encodeURIComponent(principal.user.id)}`,
    message: `${ask.why} Connect Confluence on this page to go on.`,
  };
}

const aboutOf = (ask: Ask): About =>
  ask.page === 'change'
    ? { page: 'change', id: ask.change.id }
    : { page: 'connect', scopes: [...ask.scopes] };

/** An `input_required` result (2026-07-28). */
export function askInResult(call: Call, callId: string, ask: Ask): InputRequiredResult {
  return inputRequired({
    inputRequests: { [answerKey]: inputRequired.elicitUrl(pageOf(call, ask)) },
    requestState: sealState(call.principal.key.id, callId, aboutOf(ask)),
  });
}

/**
 * The error -32042 (2025-11-25). A change is known to the client by its own id, also as `elicitationId`.
 * @param data what the answer would have said, for clients that show the error to their model
 */
export function askInError(
  call: Call,
  ask: Ask,
  data: Record<string, unknown>,
): { error: ProtocolError; elicitationId: string } {
  const { url, message } = pageOf(call, ask);
  const elicitationId = ask.page === 'change' ? ask.change.id : randomUUID();
  // Clients hand their model the words and not the data.
  const which = ask.page === 'change' ? ` (change_id ${ask.change.id})` : '';
  const text = `${message} Ask the person to open ${url}${which}, then make the same call again: it goes on where it was, and nothing is done twice.`;
  const error = new ProtocolError(ProtocolErrorCode.UrlElicitationRequired, text, {
    ...data,
    elicitations: [{ mode: 'url', elicitationId, url, message }],
  });
  return { error, elicitationId };
}
