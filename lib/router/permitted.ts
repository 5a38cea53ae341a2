import type { Limits, Operation } from '#lib/tools';

/** Why the limits do not let this operation run, or null when they do. */
export function refusal(operation: Operation, limits: Limits): string | null {
  if (!limits.tiers.includes(operation.tier))
    return `${operation.tier} operations are not allowed with this access`;
  if (limits.operations !== null && !limits.operations.includes(operation.name))
    return 'this operation is not among those allowed with this access';
  if (
    limits.tags !== null &&
    ![operation.tag, ...operation.alsoTags].some((tag) => limits.tags?.includes(tag))
  ) {
    return `only ${limits.tags.join(', ')} is allowed with this access`;
  }
  return null;
}
