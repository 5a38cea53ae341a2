import { inflateSync } from 'node:zlib';

export type Picture = { width: number; height: number; bytes: Buffer };

const largestSide = 12_000;
const mostPixels = 40_000_000;

const fits = (width: number, height: number): boolean =>
  width > 0 && height > 0 && width <= largestSide && height <= largestSide && width * height <= mostPixels;

/** Pixels and size of a PNG whose data really unpacks: pdfkit unpacks later, where an error could not be caught. */
function png(bytes: Buffer): Picture | null {
  if (
    bytes.length < 33 ||
    bytes.toString('latin1', 1, 4) !== 'PNG' ||
    bytes.toString('latin1', 12, 16) !== 'IHDR'
  )
    return null;
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  if (!fits(width, height)) return null;
  const parts: Buffer[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (at + 12 + length > bytes.length) return null;
    if (type === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length));
    if (type === 'IEND') break;
    at += 12 + length;
  }
  try {
    inflateSync(Buffer.concat(parts), { maxOutputLength: width * height * 8 + height * 16 + 1024 });
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
  return { width, height, bytes };
}

function jpeg(bytes: Buffer): Picture | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) {
      const height = bytes.readUInt16BE(at + 5);
      const width = bytes.readUInt16BE(at + 7);
      return fits(width, height) ? { width, height, bytes } : null;
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** A PNG or JPEG that can be drawn; null for other formats, broken files and absurd sizes. */
export const pictureOf = (bytes: Buffer): Picture | null => png(bytes) ?? jpeg(bytes);
