import { onNewNode } from './node.mjs';
import { installDependencies } from './prepare.mjs';

await onNewNode();
installDependencies();
const { runSteps, steps } = await import('./steps.mjs');
await runSteps([
  ['types', steps.types],
  ['lint', steps.lint],
  ['units and integration', steps.units],
]);
