import { z } from 'zod';
import { listChanges } from '#lib/approvals';
import { checked } from '#lib/auth';
import { changeStatuses } from '#lib/wire';
import { json, withUser } from '../respond.ts';

export const dynamic = 'force-dynamic';

const querySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  status: z.enum(changeStatuses).optional(),
  chat: z.string().optional(),
});

/** The person's changes, newest first. */
export const GET = withUser(async ({ request, user }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const { limit, status, chat } = checked(querySchema, query);
  return json({
    changes: await listChanges(user.id, {
      limit,
      ...(status === undefined ? {} : { statuses: [status] }),
      ...(chat === undefined ? {} : { chatId: chat }),
    }),
  });
});
