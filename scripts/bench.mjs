// npm run bench [-- --json]
import { onNewNode } from './node.mjs';
import { buildApp, installDependencies } from './prepare.mjs';

await onNewNode();
installDependencies();
buildApp();
await import('./bench/main.ts');
