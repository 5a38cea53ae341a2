import { onNewNode } from './node.mjs';
import { installDependencies } from './prepare.mjs';

await onNewNode();
installDependencies();
const { serve } = await import('./serve.mjs');
await serve('dev');
