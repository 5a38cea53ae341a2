/**
 * The code of a tiny link `/x/<code>`: the id as little-endian bytes in base64, `/` and `+` replaced, trailing
 * zero bytes (`A`) dropped. That is how Confluence makes them.
 */
export function tinyCode(id: string): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(id.replace(/^\D+/, '')));
  return bytes
    .toString('base64')
    .replace(/=+$/, '')
    .replaceAll('/', '-')
    .replaceAll('+', '_')
    .replace(/A+$/, '');
}
