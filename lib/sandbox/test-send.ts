export type Answer = { status: number; headers: Headers; body: unknown; text: string };

/** Sends one request; a body is sent as JSON (or as the form it is), redirects are not followed. */
export async function send(
  url: string,
  init: {
    method?: string;
    /** Key of a person with an API token. */
    as?: string;
    token?: string;
    body?: unknown;
    headers?: Record<string, string>;
  } = {},
): Promise<Answer> {
  const headers: Record<string, string> = { ...init.headers };
  if (init.as) headers.authorization = `Basic ${btoa(`${init.as}@halden.example:sandbox-token-${init.as}`)}`;
  if (init.token) headers.authorization = `Bearer ${init.token}`;
  const form = init.body instanceof FormData ? init.body : undefined;
  if (init.body !== undefined && form === undefined) headers['content-type'] = 'application/json';
  if (form !== undefined) headers['x-atlassian-token'] = 'nocheck';
  const response = await fetch(url, {
    method: init.method ?? 'GET',
    headers,
    redirect: 'manual',
    ...(init.body === undefined
      ? {}
      : { body: form ?? (typeof init.body === 'string' ? init.body : JSON.stringify(init.body)) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  };
}
