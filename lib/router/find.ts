import { changeOperations } from '#lib/approvals';
import { nearest, operations, type Operation } from '#lib/tools';

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

const words = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[^A-Za-z0-9]+/g, ' ');

/** The names of the operations most like a wrong name. */
export function nearestNames(wrong: string, count = 3): string[] {
  const named = catalogue.flatMap((operation) => [operation.name, ...operation.aliases].map((name) => ({ name, operation })));
  const found = nearest(words(wrong), named, ({ name }) => words(name), 12, 1).map(({ operation }) => operation.name);
  return [...new Set(found)].slice(0, count);
}
