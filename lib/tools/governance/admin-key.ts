import { z } from 'zod';
import { env } from '#env';
import { OperatorError, UserError } from '#errors';
import { disableAdminKey, enableAdminKey, holdAdminKey, getAdminKey as readKey } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { isNotFound, orNull } from '../ids.ts';
import type { Context, WriteOperation } from '../operation.ts';
import { counted, iso } from '../render.ts';
import { refuseReach } from '../spaces-limit.ts';
import { defineStateWrite, undoBy } from '../state-write.ts';

/** No OAuth scope exists for the admin key. @throws UserError not_possible over OAuth. */
function requireApiToken(ctx: Context): void {
  if (ctx.connection.mode === 'api_token') return;
  throw new UserError('not_possible', 'Atlassian has no OAuth permission for the admin key.', {
    next: 'It works only where Confluence is connected with an API token of an administrator.',
  });
}

/** @throws OperatorError forbidden unless whoever runs this installation has switched it on. */
function requireSwitch(): void {
  if (env().adminKey) return;
  throw new OperatorError('forbidden', 'The admin key is switched off in this installation of Confab.', {
    next: 'Whoever runs it can set CONFAB_ADMIN_KEY=1 and start it again. Ask first whether it is wanted: the key opens every restricted page to the person who holds it.',
  });
}

function noAdmin(cause: unknown): UserError {
  return new UserError('forbidden', 'Confluence gives your account no admin key.', {
    next: 'It takes an organisation or site admin, and Confluence Premium or Enterprise.',
    cause,
  });
}

/** When the key ends, or null. From then on requests of this connection use it until it ends. */
async function untilWhen(ctx: Context): Promise<Date | null> {
  const found = await orNull(readKey(ctx.confluence));
  const at = iso(found?.expirationTime);
  const until = at === null || new Date(at) <= new Date() ? null : new Date(at);
  holdAdminKey(ctx.confluence, env().adminKey ? until : null);
  return until;
}

export const getAdminKey = defineRead({
  name: 'get_admin_key',
  input: z.object({}),
  output: z.object({ enabled: z.boolean(), until: z.string().nullable() }),
  async run(ctx) {
    requireApiToken(ctx);
    const until = await untilWhen(ctx);
    const allowed = env().adminKey
      ? ''
      : ' This installation of Confab does not use it: CONFAB_ADMIN_KEY is not set.';
    return {
      text:
        until === null
          ? 'Your admin key is off. (Confluence answers the same to people who cannot have one.)'
          : `Your admin key is on until ${until.toISOString()}. Restricted pages open to you when read by id or link; search does not show them.${allowed}`,
      data: { enabled: until !== null, until: until?.toISOString() ?? null },
      sources: [],
      label: until === null ? 'Admin key off' : `Admin key on until ${until.toISOString().slice(11, 16)} UTC`,
      untrusted: false,
    };
  },
});

const input = z.object({ enabled: z.boolean(), minutes: z.int().min(1).max(60).default(10) });
type Request = { enabled: boolean; minutes: number };

export const setAdminKey: WriteOperation = defineStateWrite<typeof input, Request>({
  name: 'set_admin_key',
  input,
  async plan(ctx, { enabled, minutes }) {
    refuseReach(ctx, 'The admin key opens pages');
    requireApiToken(ctx);
    if (enabled) requireSwitch();
    const until = await untilWhen(ctx);
    if ((until !== null) === enabled) {
      return {
        noChange: true,
        text:
          until === null
            ? 'Your admin key is off already. No change was proposed.'
            : `Your admin key is on until ${until.toISOString()} already; switch it off first to start a new one. No change was proposed.`,
        sources: [],
      };
    }
    const time = counted(minutes, 'minute');
    return {
      title: enabled ? `Switch on your admin key for ${time}` : 'Switch off your admin key',
      target: { kind: 'other', id: null, title: 'Admin key', space: null, url: null },
      input: { enabled, minutes },
      request: { enabled, minutes },
      before: { enabled: !enabled },
      after: { enabled },
      diff: {
        fields: [
          {
            label: 'Admin key',
            before: until === null ? 'off' : `on until ${until.toISOString()}`,
            after: enabled ? `on for ${time}` : 'off',
          },
        ],
        body: null,
      },
      warnings: enabled
        ? [
            {
              code: 'bypasses_restrictions',
              message: `For ${time}, everything that works with your connection can open and change every restricted page, whoever it was kept from: this chat and your MCP clients too. Confluence writes it into the audit log.`,
              mustConfirm: true,
            },
          ]
        : [],
      undo: enabled
        ? { possible: true }
        : { possible: false, why: 'Switching it on again takes an approval of its own.' },
    };
  },
  read: async (ctx) => ({ enabled: (await untilWhen(ctx)) !== null }),
  async send(ctx, { enabled, minutes }) {
    requireApiToken(ctx);
    if (enabled) requireSwitch();
    try {
      if (!enabled) {
        await disableAdminKey(ctx.confluence);
        holdAdminKey(ctx.confluence, null);
        return {};
      }
      const made = await enableAdminKey(ctx.confluence, { body: { durationInMinutes: minutes } });
      const until = iso(made.expirationTime);
      holdAdminKey(ctx.confluence, until === null ? null : new Date(until));
      return { receipt: { until } };
    } catch (error) {
      throw isNotFound(error) ? noAdmin(error) : error;
    }
  },
  async inverse(ctx, { proposal, request }) {
    if (!request.enabled) return { impossible: 'Switching it on again takes an approval of its own.' };
    return undoBy(ctx, setAdminKey, { enabled: false }, proposal);
  },
  done: 'The admin key was read back and is as approved.',
});
