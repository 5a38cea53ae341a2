// Runs the property tests with new random inputs, round after round: node scripts/fuzz.mjs [rounds]
import { randomInt } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, onNewNode, root, say } from './node.mjs';
import { installDependencies } from './prepare.mjs';

await onNewNode();
installDependencies();
const { run } = await import('./steps.mjs');

const rounds = Number(process.argv[2] ?? 5);
if (!Number.isSafeInteger(rounds) || rounds < 1) fail('fuzz takes the number of rounds, 1 or more.');

const properties = globSync('{app,components,db,lib}/**/*.test.{ts,tsx}', { cwd: root }).filter((file) =>
  readFileSync(join(root, file), 'utf8').includes("'fast-check'"),
);
const failed = [];
for (let round = 1; round <= rounds; round++) {
  const seed = String(randomInt(2 ** 31));
  say(`\n== round ${round} of ${rounds}: FUZZ_SEED=${seed} ==`);
  const code = await run(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=dot', ...properties],
    { NODE_ENV: 'test', FUZZ_SEED: seed },
  );
  if (code !== 0) failed.push(seed);
}
say(
  failed.length === 0
    ? `\n${rounds} rounds, nothing found`
    : `\nfound something with FUZZ_SEED=${failed.join(', ')}: FUZZ_SEED=${failed[0]} npx vitest run <file> repeats it`,
);
process.exit(failed.length === 0 ? 0 : 1);
