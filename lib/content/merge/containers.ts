import type { ElementNode, StorageDoc } from '../parse/parse.ts';
import type { Unit } from '../units.ts';
import { dispute, type Ledger, map3, type Spot, type Three } from './ledger.ts';
import { fieldName, fieldsIn } from './parts.ts';
import { areNamed, type Field, mergeField, mergeRecord } from './record.ts';
import { mergeShell, shellOf } from './tags.ts';

type Opening = { doc: StorageDoc; unit: Unit };

/** The parts of a macro before its body; null where something follows the body. */
function headOf({ doc, unit }: Opening): { fields: Field<Spot>[]; tail: string } | null {
  const { element, inside } = unit.block;
  if (!element || !inside) return null;
  if (element === inside) return { fields: [], tail: '' };
  const found = fieldsIn(doc, element);
  if (!found || found.fields.at(-1)?.node.nodes[0] !== inside) return null;
  const fields = found.fields.slice(0, -1);
  const last = fields.at(-1)?.node.nodes[0];
  return { fields, tail: doc.source.slice(last?.end ?? element.openEnd, inside.start) };
}

/** Merges the opening of a panel, layout or the like: its tag, its parameters, the tag of its body. */
export function mergeOpening(ledger: Ledger, three: Three<Opening>, path: string[]): string | null {
  const { base, ours, theirs } = map3(three, headOf);
  const bytes = map3(three, ({ unit }) => unit.bytes);
  const names = map3(three, ({ unit }) => unit.block.element?.name ?? '');
  if (!base || !ours || !theirs || names.base !== names.ours || names.base !== names.theirs)
    return dispute(ledger, bytes, path);
  const tags = (pick: (unit: Unit) => ElementNode | null) =>
    mergeShell(
      ledger,
      map3(three, ({ doc, unit }) => shellOf(doc, pick(unit))),
      path,
    );
  const shell = tags((unit) => unit.block.element);
  const fields = { base: base.fields, ours: ours.fields, theirs: theirs.fields };
  if (!areNamed(fields.base) || !areNamed(fields.ours) || !areNamed(fields.theirs))
    return dispute(ledger, bytes, path);
  const head = mergeRecord(ledger, fields, (field) => {
    const at = [...path, fieldName((field.base ?? field.ours ?? field.theirs)?.id ?? '')];
    return mergeField(ledger, field, at);
  });
  const same = three.base.unit.block.element === three.base.unit.block.inside;
  const body = same ? null : tags((unit) => unit.block.inside);
  if (shell === null || head === null || (!same && body === null)) return null;
  return same ? shell.open : `${shell.open}${head}${theirs.tail}${body?.open ?? ''}`;
}
