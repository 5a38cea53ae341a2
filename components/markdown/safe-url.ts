const schemes = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address when a link may go there: http, https, mailto, or a path of this site. Otherwise null.
 * Everything else (javascript:, data:, network paths, control characters) is refused.
 */
export function safeUrl(address: string): string | null {
  const text = address.trim();
  // Browsers drop tabs and newlines inside a scheme, so that `java\tscript:` would run: refuse them all.
  if ([...text].some((char) => char.charCodeAt(0) < 0x20)) return null;
  if (text.startsWith('#')) return text;
  if (text.startsWith('/')) return text.startsWith('//') || text.startsWith('/\\') ? null : text;
  if (!URL.canParse(text)) return null;
  return schemes.has(new URL(text).protocol) ? text : null;
}

/** True for an address outside this site, which opens in a new tab. */
export function isOutside(address: string): boolean {
  return !address.startsWith('/') && !address.startsWith('#');
}

const ownFile = /^\/api\/files\/[a-z0-9_]+$/i;

/**
 * The path of one of our files to download, when the address is one: of this site (`origin`) or without any. Null
 * otherwise, also while the site's own address is not known.
 */
export function filePath(address: string, origin: string | null): string | null {
  if (ownFile.test(address)) return address;
  if (origin === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.origin === origin && ownFile.test(url.pathname) ? url.pathname : null;
}

/** True for an address that may be one of our files: the origin decides, which the server does not know. */
export const mayBeFile = (address: string): boolean =>
  ownFile.test(URL.canParse(address) ? new URL(address).pathname : address);
