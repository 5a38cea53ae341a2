import { UserError } from '#errors';
import { scopesFor } from './scopes.ts';

/** Names whose lists v1 wants joined by commas (OpenAPI: form, explode false); all other lists are repeated. */
const joined = new Set(['expand', 'accountId', 'moduleKey']);

// biome reads control characters in a pattern as a mistake, so they are tested by code.
function hasControl(text: string): boolean {
  return [...text].some((char) => {
    const code = char.codePointAt(0) ?? 0;
    return code < 0x20 || code === 0x7f;
  });
}

const unsafe =
  /\.\.|%2e|%2f|%5c|%25|%00|\/\/|[?#\\;\s]|\/\.(\/|$)|\/(undefined|null|NaN|\[object [^/]*)(\/|$)/i;

/**
 * Checks a path that was put together from ids, which confluence.js inserts without escaping, and says
 * which endpoint it is. A path that could mean another endpoint than the one intended is refused.
 * @throws UserError `invalid_input`; nothing has been sent then.
 */
export function checkPath(method: string, path: string): { endpoint: string; scopes: readonly string[] } {
  const known = unsafe.test(path) || hasControl(path) || path.endsWith('/') ? null : scopesFor(method, path);
  if (known === null) {
    throw new UserError(
      'invalid_input',
      'An id in this request is not one that Confluence could have given, so nothing was sent.',
      {
        next: 'Use the id exactly as a search or a list shows it: letters, digits, hyphens, colons.',
      },
    );
  }
  return known;
}

function text(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The query of a request, encoded as Confluence's OpenAPI documents say. Empty text when there is none. */
export function queryOf(params: Record<string, unknown> | undefined): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value === undefined || value === null) continue;
    if (!Array.isArray(value)) query.append(name, text(value));
    else {
      const items = value.filter((item) => item !== undefined && item !== null).map(text);
      if (items.length > 0 && joined.has(name)) query.append(name, items.join(','));
      else for (const item of items) query.append(name, item);
    }
  }
  const encoded = query.toString();
  return encoded === '' ? '' : `?${encoded}`;
}

/**
 * The absolute URL of a request under `base`. The result is compared with `base` once more, because the
 * credentials go wherever it points.
 * @throws UserError `invalid_input` when it would leave `base`.
 */
export function addressOf(base: string, path: string, query: string): URL {
  const url = new URL(`${base}${path}${query}`);
  const root = new URL(base);
  const inside = url.origin === root.origin && url.pathname === `${root.pathname.replace(/\/$/, '')}${path}`;
  if (!inside || url.username !== '' || url.password !== '') {
    throw new UserError(
      'invalid_input',
      'An id in this request would change where it goes, so nothing was sent.',
    );
  }
  return url;
}
