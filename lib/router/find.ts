import { changeOperations, toolkitOperations } from '#lib/approvals';
import { type Operation, operations } from '#lib/tools';

/** Every operation of our own: Confluence's and those of our ledger. It never changes while the process runs. */
export const catalogue: readonly Operation[] = [...operations, ...changeOperations];

/** What can be called now: our own operations, and the tools of the toolkits that an admin added. */
export const everyOperation = (): readonly Operation[] => [...catalogue, ...toolkitOperations()];

const squash = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Names win over aliases where both squash to the same. */
const byName = new Map<string, Operation>([
  ...catalogue.flatMap((operation) => operation.aliases.map((alias) => [squash(alias), operation] as const)),
  ...catalogue.map((operation) => [squash(operation.name), operation] as const),
]);

/** Prefixes that clients put before a tool's name. */
const prefix = /^(?:confab|confluence|atlassian|mcp)[_.:/-]+/i;

/** A toolkit's tool: by its exact name first, by one that is nearly so only where nothing of ours is meant. */
function ofToolkits(name: string, exact: boolean): Operation | undefined {
  const wanted = squash(name);
  return toolkitOperations().find((one) => (exact ? one.name === name : squash(one.name) === wanted));
}

/** The operation with this name or alias; case and separators do not matter. */
export function findOperation(nameOrAlias: string): Operation | null {
  const bare = nameOrAlias.replace(prefix, '');
  return (
    ofToolkits(nameOrAlias, true) ??
    byName.get(squash(nameOrAlias)) ??
    byName.get(squash(bare)) ??
    ofToolkits(bare, false) ??
    null
  );
}
