import type { ChangeView } from '#lib/wire';
import type { Person, Stage } from '../../scripts/stage.ts';

type Asked = {
  user?: Person;
  tiers?: readonly ('read' | 'write' | 'destructive')[];
  chatId?: string | null;
  /** Asked over MCP with this key. */
  key?: { id: string; name: string };
};

/** Asks the router for a write as a chat or a client does, and gives the proposed change. Throws when there is none. */
export async function proposeOn(
  stage: Stage,
  name: string,
  input: Record<string, unknown>,
  { user = stage.ada, tiers = ['read', 'write', 'destructive'], chatId = null, key }: Asked = {},
): Promise<ChangeView> {
  const router = await import('../router/index.ts');
  const executed = await router.execute({
    user,
    name,
    input,
    limits: { tiers, operations: null, tags: null, spaces: null },
    origin:
      key === undefined
        ? { kind: 'chat', chatId, client: null, fromPageText: false }
        : { kind: 'mcp', chatId: null, keyId: key.id, client: key.name, fromPageText: false },
    signal: AbortSignal.timeout(20_000),
  });
  if (executed.kind !== 'proposed') throw new Error(`${name} gave ${executed.kind}`);
  return executed.change;
}
