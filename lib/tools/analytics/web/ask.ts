import { guardedRequest, type Reach } from '#lib/guarded-fetch';

/** The answer to one request: its status and where it leads on. The body is never read. */
export type Told = { status: number; location: string | null };

/**
 * Sends one request without credentials, cookies or referrer, follows nothing, and reads no body.
 * @throws Refused for what is not on the public web; network errors as they come.
 */
export async function askOnce(
  url: URL,
  method: 'HEAD' | 'GET',
  reach: Reach,
  signal: AbortSignal,
): Promise<Told> {
  const headers = { accept: '*/*', 'user-agent': 'Confab link check' };
  const answer = await guardedRequest(url, { method, headers, reach, signal });
  // Nothing more is wanted; what the end of the connection brings is no news.
  answer.on('error', () => {});
  answer.destroy();
  return { status: answer.statusCode ?? 0, location: answer.headers.location ?? null };
}
