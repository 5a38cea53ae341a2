import { onNewNode } from './node.mjs';
import { buildApp, installDependencies } from './prepare.mjs';

await onNewNode();
installDependencies();
buildApp();
const { serve } = await import('./serve.mjs');
await serve('start');
