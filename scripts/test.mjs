import { onNewNode } from './node.mjs';
import { buildApp, installClients, installDependencies } from './prepare.mjs';

await onNewNode();
installDependencies();
const { findChromium } = await import('./chromium.mjs');
const { runSteps, steps } = await import('./steps.mjs');
const chromium = findChromium();
await runSteps([
  ['types', steps.types],
  ['lint', steps.lint],
  ['units and integration', steps.units],
  [
    'types of the stories with clients of other people',
    () => {
      installClients();
      return steps.clientTypes();
    },
  ],
  [
    'end to end',
    () => {
      buildApp();
      return steps.e2e(chromium);
    },
  ],
]);
