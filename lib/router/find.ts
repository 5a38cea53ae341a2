import { changeOperations } from '#lib/approvals';
import { type Operation, operations } from '#lib/tools';

/** Every operation there is: Confluence's and those of our own ledger. */
export const catalogue: readonly Operation[] = [...operations, ...changeOperations];

const squash = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Names win over aliases where both squash to the same. */
const byName = new Map<string, Operation>([
  ...catalogue.flatMap((operation) => operation.aliases.map((alias) => [squash(alias), operation] as const)),
  ...catalogue.map((operation) => [squash(operation.name), operation] as const),
]);

/** Prefixes that clients put before a tool's name. */
const prefix = /^(?:confab|confluence|atlassian|mcp)[_.:/-]+/i;

/** The operation with this name or alias; case and separators do not matter. */
export function findOperation(nameOrAlias: string): Operation | null {
  return byName.get(squash(nameOrAlias)) ?? byName.get(squash(nameOrAlias.replace(prefix, ''))) ?? null;
}
