import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '#errors';
import { type ChangeView, isSettled, liesWithin } from '#lib/wire';
import type { Call } from './deps.ts';
import { callLimits } from './limits.ts';

/** Seconds: clients give a request a minute. */
export const longestWait = 50;
/** Seconds between two words to whoever watches. */
const tellEvery = 10;

/**
 * A change of the key's owner once it is settled, or as it is after some seconds.
 * @throws UserError `not_found` for changes of other people and of spaces that the key does not reach
 */
export async function lookAt(call: Call, id: string, seconds: number): Promise<ChangeView> {
  const { spaces } = await callLimits(call);
  const change = await call.deps.waitForDecision(call.principal.user.id, id, seconds, call.signal);
  if (liesWithin(change.target, spaces)) return change;
  throw new UserError('not_found', 'There is no such change.', { next: 'Check the change_id.' });
}

/** The same, telling whoever watches from time to time that it waits. */
export async function untilDecided(call: Call, id: string, seconds: number): Promise<ChangeView> {
  let change = await lookAt(call, id, 0);
  // Applied, and about to be read back: what was found is worth the moment.
  const verifying = change.status === 'applied' && change.verification === null;
  if (verifying) return lookAt(call, id, Math.min(tellEvery, seconds));
  for (let waited = 0; waited < seconds && !isSettled[change.status]; waited += tellEvery) {
    call.progress(`Waiting for the person to decide (${waited} s)`);
    change = await lookAt(call, id, Math.min(tellEvery, seconds - waited));
    call.signal.throwIfAborted();
  }
  return change;
}

async function isConnected(call: Call, scopes: readonly string[]): Promise<boolean> {
  const view = await call.deps.connectionView(call.principal.user.id);
  if (view === null || view.status !== 'active' || view.site === null) return false;
  return view.mode !== 'oauth' || scopes.every((scope) => view.scopes.includes(scope));
}

/** Waits until the person has connected Confluence, with these permissions, or some seconds are over. */
export async function untilConnected(
  call: Call,
  scopes: readonly string[],
  seconds: number,
): Promise<boolean> {
  for (let waited = 0; !(await isConnected(call, scopes)); waited += 1) {
    if (waited >= seconds) return false;
    if (waited % tellEvery === 0) call.progress(`Waiting for the person to connect Confluence (${waited} s)`);
    await sleep(1000, undefined, { signal: call.signal });
  }
  return true;
}
