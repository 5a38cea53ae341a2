import { mergeStorage } from '#lib/content';
import type { Document } from '../documents.ts';
import type { Context } from '../operation.ts';
import { type BodyFormat, bodyFrom, type NewBody } from '../pages/create-body.ts';
import { clashError } from './conflict.ts';
import { type PutChange, storageAt } from './put.ts';

/**
 * A whole new body as a change of the newest version: merged where it was written on an older one.
 * @throws UserError conflict when both changed the same place.
 */
export async function wholeBody(
  ctx: Context,
  current: Document,
  o: { body: string; format: BodyFormat; title: string; baseVersion: number },
): Promise<{ change: PutChange; body: NewBody }> {
  const body = bodyFrom(o.body, o.format, o.title);
  if (body.representation !== 'storage')
    return { change: { foreign: { representation: body.representation, value: body.value } }, body };
  const storage = current.body ?? '';
  if (o.baseVersion >= current.version)
    return { change: body.value === storage ? {} : { storage: body.value }, body };
  const base = await storageAt(ctx, current.kind, current.id, o.baseVersion);
  const merged = mergeStorage(base, body.value, storage);
  if (merged.ok) return { change: merged.storage === storage ? {} : { storage: merged.storage }, body };
  throw clashError(current, o.baseVersion, merged.conflicts);
}
