import type { InputRequiredResult } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { type ChangeView, isSettled } from '#lib/wire';
import type { Call } from '../deps.ts';
import { longestWait, lookAt, untilConnected, untilDecided } from '../waiting.ts';
import { type Ask, type Asker, answerKey, askInError, askInResult } from './ask.ts';
import { type Client, forgetAsked, lastAsked, noteAsked } from './connect-asks.ts';
import { type About, type Asked, callIdOf, openState } from './request-state.ts';
import { hasStream, tellWhenDone } from './streams.ts';

export type { Ask, Asker } from './ask.ts';
export { isSession, opensAddresses, sessionFor } from './session.ts';
export { completeNotice, openStream } from './streams.ts';

/** What a request came to, and whether a person is needed first. `data`: for clients that show errors to a model. */
export type Outcome = { ask?: Ask; data: Record<string, unknown> };

/** A request whose client can carry its person to a page. */
export type Askable<T extends Outcome> = {
  asked: Asked;
  asker: Asker;
  run: (call: Call) => Promise<T>;
  /** How a change is answered, for requests that may propose one. */
  ofChange?: (change: ChangeView) => T;
};

type Action = 'accept' | 'decline' | 'cancel';

const responseSchema = z.object({ action: z.enum(['accept', 'decline', 'cancel']) });

/** What the client comes back from and with which answer (null: none). */
function comesBack(
  keyId: string,
  callId: string,
  asker: Asker,
): { about: About; action: Action | null } | null {
  if (asker.by === 'error' || asker.state === undefined) return null;
  const about = openState(keyId, callId, asker.state);
  return { about, action: responseSchema.safeParse(asker.responses?.[answerKey]).data?.action ?? null };
}

/** The person said no where they were asked. That can only lessen what happens, so it counts without a page. */
async function declined(call: Call, id: string): Promise<ChangeView> {
  const change = await lookAt(call, id, 0);
  const { user, key } = call.principal;
  if (change.status !== 'proposed') return change;
  return call.deps.decide({ id: user.id, name: user.name }, id, {
    decision: 'reject',
    hash: change.hash,
    reason: `Declined in ${key.name}.`,
  });
}

const afterwards: Record<Action, (call: Call, id: string) => Promise<ChangeView>> = {
  accept: (call, id) => untilDecided(call, id, longestWait),
  decline: declined,
  cancel: (call, id) => lookAt(call, id, 0),
};

/**
 * Runs a request, and where it needs a person asks the client to carry them to our page (URL mode): to decide on
 * a proposed change, or to connect Confluence. Only what the person does there counts; nothing the client says
 * approves anything.
 *
 * The client comes back with the same request. With `accept` the person has opened the page: the same change
 * is waited for, most of a minute, and answered as it stands; nothing is proposed or asked twice. `decline` is
 * the person's no at their client: the change is rejected, which is final. `cancel` leaves it waiting. A client of
 * 2025-11-25 cannot say which it was: its same call finds the same change, and is asked for it once only. When
 * Confluence is not connected a client is asked once in ten minutes; other calls get the link in their result.
 * @throws ProtocolError -32042 (2025-11-25); -32602 for a `requestState` that is not ours, of this request, and in time
 */
export async function withElicitation<T extends Outcome>(
  call: Call,
  { asked, asker, run, ofChange }: Askable<T>,
): Promise<T | InputRequiredResult> {
  const { deps, principal } = call;
  const { user, key } = principal;
  const callId = callIdOf(key.id, asked);
  const client: Client = { keyId: key.id, session: asker.by === 'error' ? asker.session : null };

  async function ask(what: Ask, data: Record<string, unknown>): Promise<InputRequiredResult> {
    if (what.page === 'change') await deps.noteCall(user, what.change.id, callId);
    else noteAsked(client, callId, what.scopes);
    if (asker.by === 'result') return askInResult(call, callId, what);
    const { error, elicitationId } = askInError(call, what, data);
    tellWhenDone(asker.session, elicitationId, (signal) =>
      isDone({ ...call, signal, progress: () => {} }, what),
    );
    throw error;
  }

  async function tell(change: ChangeView, answer: (change: ChangeView) => T): Promise<T> {
    if (isSettled[change.status]) {
      // The outcome is told once; but a no answers the same call for a while, so that nobody is asked in a loop.
      if (change.status !== 'rejected') await deps.noteCall(user, change.id, null);
      // A notice goes out on one stream only.
      if (asker.by === 'error' && !hasStream(asker.session)) asker.complete(change.id);
    }
    return answer(change);
  }

  const back = comesBack(key.id, callId, asker);
  if (ofChange !== undefined) {
    const { id, action } =
      back?.about.page === 'change'
        ? { id: back.about.id, action: back.action }
        : { id: (await deps.changeOfCall(user, key.id, callId))?.id, action: null };
    if (id !== undefined) {
      const now = await lookAt(call, id, 0);
      const again = action === null && asker.by === 'result' && now.status === 'proposed';
      if (again) return ask({ page: 'change', change: now }, {});
      return tell(await afterwards[action ?? 'accept'](call, id), ofChange);
    }
  }

  const before = lastAsked(client);
  const fromConnecting =
    back?.about.page === 'connect' ? back.about : before?.callId === callId ? before : null;
  const opened = back === null ? asker.by === 'error' : back.action === 'accept';
  if (fromConnecting !== null && opened) await untilConnected(call, fromConnecting.scopes, longestWait);
  const outcome = await run(fromConnecting === null ? call : { ...call, fromConnecting: true });
  if (outcome.data.connect_url === undefined) forgetAsked(client);
  if (outcome.ask === undefined) return outcome;
  const mayAsk = outcome.ask.page === 'change' || (fromConnecting === null && before === null);
  return mayAsk ? ask(outcome.ask, outcome.data) : outcome;
}

async function isDone(call: Call, ask: Ask): Promise<boolean> {
  const patience = Number.POSITIVE_INFINITY;
  if (ask.page === 'connect') return untilConnected(call, ask.scopes, patience);
  return isSettled[(await untilDecided(call, ask.change.id, patience)).status];
}
