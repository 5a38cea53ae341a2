import type { BlockKind } from '../blocks/blocks.ts';
import type { Unit } from '../units.ts';
import { shinglesOf, similarity, wordsOf } from './similar.ts';

/** Kinds whose words can become each other's: a paragraph a list, a heading a paragraph. */
const WORDED = new Set<BlockKind>(['paragraph', 'heading', 'list', 'tasks', 'quote', 'text', 'pre']);

/** Units of one shape can be versions of each other whatever they say. */
export const shapeOf = (unit: Unit): string => `${unit.part} ${unit.block.kind} ${unit.block.macro ?? ''}`;

const isWorded = ({ part, block }: Unit): boolean => part === 'leaf' && WORDED.has(block.kind);

/** What units read as, each looked at once. */
export type UnitLook = {
  words: (unit: Unit) => Map<string, number>;
  shingles: (unit: Unit) => Map<string, number>;
  shape: (unit: Unit) => string;
  /** How alike two units are, 0 to 1. */
  alike: (a: Unit, b: Unit) => number;
};

function once<T>(make: (unit: Unit) => T): (unit: Unit) => T {
  const known = new Map<Unit, T>();
  return (unit) => {
    const found = known.get(unit) ?? make(unit);
    known.set(unit, found);
    return found;
  };
}

/** `text` is what a unit reads as. */
export function lookOf(text: (unit: Unit) => string): UnitLook {
  const read = once(text);
  const words = once((unit: Unit) => wordsOf(read(unit)));
  return { words, shingles: once((unit) => shinglesOf(read(unit))), shape: shapeOf, alike: alikeOf(words) };
}

function alikeOf(words: UnitLook['words']): (a: Unit, b: Unit) => number {
  return (a, b) => {
    if (a.part === 'close' || b.part === 'close') return 0;
    if (shapeOf(a) === shapeOf(b)) {
      const common = similarity(words(a), words(b));
      return a.block.id === b.block.id ? Math.max(common, 0.9) : common;
    }
    if (a.part === 'open' && b.part === 'open') return a.block.macro && b.block.macro ? 0.45 : 0;
    if (!isWorded(a) || !isWorded(b)) return 0;
    const common = similarity(words(a), words(b));
    return common >= 0.5 && words(a).size > 1
      ? common * 0.95
      : a.block.preview !== '' && a.block.preview === b.block.preview
        ? 0.9
        : 0;
  };
}
