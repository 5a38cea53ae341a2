/** The largest picture handed to a model, in bytes. */
export const largestPicture = 1_500_000;

const starts: readonly [mediaType: string, bytes: readonly number[], at: number][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 0],
  ['image/jpeg', [0xff, 0xd8, 0xff], 0],
  ['image/gif', [0x47, 0x49, 0x46, 0x38], 0],
  ['image/webp', [0x57, 0x45, 0x42, 0x50], 8],
];

/** What kind of picture bytes are, by how they begin; null when a model could not look at them. */
export function pictureType(bytes: Uint8Array): string | null {
  const found = starts.find(([, mark, at]) => mark.every((byte, index) => bytes[at + index] === byte));
  return found?.[0] ?? null;
}
