import type { Limits, Operation } from '#lib/tools';

/** Why the limits do not let this operation run, or null when they do. */
export function refusal(operation: Operation, limits: Limits): string | null {
  if (!limits.tiers.includes(operation.tier))
    return `${operation.tier} operations are not allowed with this access`;
  // Whoever makes a key may know an operation by one of its other names.
  const names = [operation.name, ...operation.aliases];
  if (limits.operations !== null && !names.some((name) => limits.operations?.includes(name)))
    return 'this operation is not among those allowed with this access';
  // What is in another system lies in no space, so that it cannot be held to any.
  if (limits.spaces !== null && operation.toolkit !== undefined)
    return 'this access is limited to some spaces of Confluence';
  if (
    limits.tags !== null &&
    ![operation.tag, ...operation.alsoTags].some((tag) => limits.tags?.includes(tag))
  ) {
    return `only ${limits.tags.join(', ')} is allowed with this access`;
  }
  return null;
}
