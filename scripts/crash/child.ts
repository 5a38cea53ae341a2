// One life of a server that will be killed: recovers what the last life left, proposes a change, and applies
// it when told to. Driven by crash.test.ts over standard input and output, one JSON line a step.
import { createInterface } from 'node:readline';
import { decide, listChanges, recoverChanges } from '#lib/approvals';
import { demoPeople } from '#lib/auth';
import { connectDemoPerson } from '#lib/connections';
import { execute } from '#lib/router';
import { noLimits } from '#lib/tools';

type Command = { name: string; input: Record<string, unknown> };

const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);

const [user] = await demoPeople();
if (user === undefined) throw new Error('the demo people are missing');
await connectDemoPerson(user);
await recoverChanges();
const [last] = await listChanges(user.id, { limit: 1 });
say({
  recovered:
    last === undefined ? null : { id: last.id, status: last.status, error: last.error?.message ?? null },
});

for await (const line of createInterface({ input: process.stdin })) {
  const { name, input } = JSON.parse(line) as Command;
  const executed = await execute({
    user,
    name,
    input,
    limits: noLimits,
    origin: { kind: 'chat', chatId: null, client: null, fromPageText: false },
    signal: AbortSignal.timeout(60_000),
  });
  if (executed.kind !== 'proposed') throw new Error(`${name} proposed nothing`);
  const { change } = executed;
  say({ proposed: change.id });
  const decided = await decide(user, change.id, {
    decision: 'apply',
    hash: change.hash,
    confirmed: change.warnings.map(({ code }) => code),
  });
  say({ decided: decided.status, verification: decided.verification, error: decided.error });
}
