// The stories only: npm run e2e [-- playwright arguments]
import { onNewNode } from './node.mjs';
import { buildApp, installClients, installDependencies } from './prepare.mjs';

await onNewNode();
installDependencies();
installClients();
buildApp();
const { findChromium } = await import('./chromium.mjs');
const { runSteps, steps } = await import('./steps.mjs');
await runSteps([['end to end', () => steps.e2e(findChromium(), process.argv.slice(2))]]);
