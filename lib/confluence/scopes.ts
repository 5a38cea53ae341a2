import { endpoints } from './data/endpoints.ts';

type Row = { method: string; segments: string[]; scopes: readonly string[]; endpoint: string };

const rows: Row[] = Object.entries(endpoints).map(([endpoint, scopes]) => {
  const [method = '', path = ''] = endpoint.split(' ');
  return { method, segments: path.split('/'), scopes, endpoint };
});

/** A literal segment wins over a placeholder: `/group/picker` is not `/group/{}`. */
function literals(row: Row): number {
  return row.segments.filter((segment) => segment !== '{}').length;
}

/**
 * The endpoint a request goes to and the granular scopes it needs, or null for one that is not in the table.
 * @param path site-relative, beginning with `/wiki/`, without query.
 */
export function scopesFor(
  method: string,
  path: string,
): { endpoint: string; scopes: readonly string[] } | null {
  const segments = path.split('/');
  const found = rows
    .filter(
      (row) =>
        row.method === method &&
        row.segments.length === segments.length &&
        row.segments.every((segment, i) => segment === '{}' || segment === segments[i]),
    )
    .sort((a, b) => literals(b) - literals(a))[0];
  return found === undefined ? null : { endpoint: found.endpoint, scopes: found.scopes };
}

/** Every granular scope that some endpoint in use asks for. */
export const granularScopes: readonly string[] = [...new Set(rows.flatMap((row) => row.scopes))].sort();
