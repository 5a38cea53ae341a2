import { UserError } from '#errors';
import { connectionView, connectLink } from '#lib/connections';
import type { ConnectionView } from '#lib/wire';

/** Where a person connects Confluence. */
export const connectUrl = (): string => connectLink();

/** The person's connection as stored. @throws UserError needs_connection when there is none. */
export async function storedConnection(userId: string): Promise<ConnectionView> {
  const view = await connectionView(userId);
  if (view !== null) return view;
  throw new UserError('needs_connection', 'Confluence is not connected for you yet.', {
    next: `Connect it: ${connectUrl()}`,
    data: { reason: 'not_connected', connect_url: connectUrl() },
  });
}
