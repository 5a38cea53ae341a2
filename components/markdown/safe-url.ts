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
