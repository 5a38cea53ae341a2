import { createHash } from 'node:crypto';

/** Hex digest of a seed: the source of every id here, so that each build gives the same site. */
export function hex(seed: string): string {
  return createHash('sha256').update(seed).digest('hex');
}

/** A version-4 shaped UUID that depends on the seed alone. */
export function uuid(seed: string): string {
  const h = hex(seed);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

/** A whole number from 0 up to, not including, `below`. */
export function pick(seed: string, below: number): number {
  return Number.parseInt(hex(seed).slice(0, 12), 16) % below;
}

/** A nine-digit content id as text, like those of a real site. */
export function numericId(seed: string): string {
  return String(100_000_000 + pick(seed, 800_000_000));
}
