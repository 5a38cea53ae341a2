import { env } from '#env';

const name = 'confab-connect';

function cookie(value: string, maxAgeSeconds: number): string {
  const secure = env().publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${name}=${value}; Path=/api/atlassian; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
}

/** `Set-Cookie` that binds an Atlassian round trip to this browser for 15 minutes. */
export const setBrowserCookie = (token: string): string => cookie(token, 900);

/** `Set-Cookie` that removes it. */
export const clearBrowserCookie = (): string => cookie('', 0);

/** The binding this browser carries, if any. */
export function readBrowserCookie(request: Request): string | undefined {
  const pairs = (request.headers.get('cookie') ?? '').split(/;\s*/).map((pair) => pair.split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
