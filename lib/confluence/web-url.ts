import type { Site } from './client.ts';

/**
 * The absolute link for people of a `_links.webui` path, which is relative to `{site}/wiki`. What would lead
 * to another host (the path comes from an answer) becomes the site's start page.
 */
export function webUrlOf(site: Site, path: string): string {
  const home = `${site.url.replace(/\/+$/, '')}/wiki`;
  const prefix = new URL(home).pathname;
  const absolute = /^https?:\/\//i.test(path);
  const rooted = path.startsWith('/') ? path : `/${path}`;
  const text = absolute
    ? path
    : rooted === prefix || rooted.startsWith(`${prefix}/`)
      ? new URL(home).origin + rooted
      : home + rooted;
  const url = URL.parse(text);
  const inside =
    url !== null && url.origin === new URL(home).origin && url.username === '' && url.password === '';
  return inside ? url.href : home;
}
