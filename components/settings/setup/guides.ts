import { appGuides } from './apps.ts';
import { codeGuides } from './code.ts';
import type { Guide, Secret } from './types.ts';

const placeholder = 'YOUR_KEY';

/** `https://x/api/mcp?surface=all` with a key in its path. */
function withKeyInPath(address: string, key: string): string {
  const [path, query] = address.split('?');
  return `${path}/k/${key}${query === undefined ? '' : `?${query}`}`;
}

/** Set-up for the usual clients. Without a secret a placeholder stands in its place. */
export function guides(address: string, secret: Secret | null): Guide[] {
  const key = secret?.key ?? placeholder;
  const urlWithKey = secret === null ? withKeyInPath(address, key) : secret.urlWithKey;
  return [...appGuides, ...codeGuides].map((guide) => guide({ address, key, urlWithKey }));
}
