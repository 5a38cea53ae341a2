import { z } from 'zod';
import { checked } from '#lib/auth';
import { type ActivityState, activityStates } from '#lib/wire';

const states = Object.keys(activityStates) as [ActivityState, ...ActivityState[]];

const querySchema = z.object({
  everyone: z.stringbool().default(false),
  state: z.enum(states).optional(),
  chat: z.string().min(1).optional(),
  client: z.string().optional(),
  after: z.string().optional(),
});

/** What part of the ledger an address asks for. @throws UserError invalid_input */
export function activityQuery(request: Request) {
  return checked(querySchema, Object.fromEntries(new URL(request.url).searchParams));
}
