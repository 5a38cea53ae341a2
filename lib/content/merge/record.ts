import { ownText } from '../parse/elements.ts';
import { dispute, type Ledger, map3, type Spot, type Three } from './ledger.ts';

/** One named part of a whole: a parameter, a body, a task's status. `T` is what its merge needs. */
export type Field<T> = { id: string; key: string; bytes: string; gap: string; node: T };

export type MergeField<T> = (three: {
  base: Field<T> | null;
  ours: Field<T> | null;
  theirs: Field<T> | null;
}) => string | null;

const byId = <T>(fields: Field<T>[]): Map<string, Field<T>> =>
  new Map(fields.map((field) => [field.id, field]));

/** True where no two parts have one name. */
export const areNamed = <T>(fields: Field<T>[]): boolean => byId(fields).size === fields.length;

/** The fields of a side that the base has not, by the base field they follow ('' for none). */
function additions<T>(fields: Field<T>[], base: Map<string, Field<T>>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let after = '';
  for (const { id } of fields) {
    if (base.has(id)) after = id;
    else found.set(after, [...(found.get(after) ?? []), id]);
  }
  return found;
}

/** All names, those of the base in order, each followed by what either side added after it. */
function orderOf<T>(three: Three<Field<T>[]>): string[] {
  const base = byId(three.base);
  const [mine, yours] = [additions(three.ours, base), additions(three.theirs, base)];
  const order: string[] = [];
  const seen = new Set<string>();
  for (const id of ['', ...base.keys()]) {
    if (id !== '') order.push(id);
    const both = [...(mine.get(id) ?? []), ...(yours.get(id) ?? [])];
    const added = mine.has(id) && yours.has(id) ? both.sort() : both;
    for (const one of added) {
      if (seen.has(one)) continue;
      seen.add(one);
      order.push(one);
    }
  }
  return order;
}

/**
 * Merges parts that are told apart by name, whatever their order. `merge` is asked where both sides changed one.
 * Null with the conflicts on record.
 */
export function mergeRecord<T>(
  _ledger: Ledger,
  three: Three<Field<T>[]>,
  merge: MergeField<T>,
): string | null {
  const [b, o, t] = [byId(three.base), byId(three.ours), byId(three.theirs)];
  const parts: string[] = [];
  let fine = true;
  for (const id of orderOf(three)) {
    const [base, ours, theirs] = [b.get(id) ?? null, o.get(id) ?? null, t.get(id) ?? null];
    const key = (field: Field<T> | null): string | null => field?.key ?? null;
    const gap = (theirs ?? ours ?? base)?.gap ?? '';
    if (key(ours) === key(theirs) || key(ours) === key(base)) {
      const kept =
        key(ours) === key(base) && theirs && ours && base && theirs.bytes === base.bytes ? ours : theirs;
      if (kept) parts.push(kept.gap, kept.bytes);
    } else if (key(theirs) === key(base)) {
      if (ours) parts.push(ours.gap, ours.bytes);
    } else {
      const bytes = merge({ base, ours, theirs });
      if (bytes === null) fine = false;
      else parts.push(gap, bytes);
    }
  }
  return fine ? parts.join('') : null;
}

/** Merges one field by its parts; one that a side put in or took away, and the other changed, is disputed whole. */
export function mergeField(ledger: Ledger, field: Three<Field<Spot> | null>, path: string[]): string | null {
  const { base, ours, theirs } = field;
  if (base && ours && theirs)
    return ledger.enter(ledger, { base: base.node, ours: ours.node, theirs: theirs.node }, path);
  const values = map3(field, (one) => {
    const [node] = one?.node.nodes ?? [];
    return node?.type === 'element' && /parameter$/.test(node.name) ? ownText(node) : null;
  });
  const isValue = map3(field, (one) => one === null);
  const plain = (['base', 'ours', 'theirs'] as const).every((name) => isValue[name] || values[name]);
  if (plain)
    return dispute(
      ledger,
      map3(values, (one) => one ?? ''),
      path,
      'text',
    );
  return dispute(
    ledger,
    map3(field, (one) => one?.bytes ?? ''),
    path,
  );
}
