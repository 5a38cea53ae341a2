// Runs a TypeScript program of the project: node scripts/run.mjs FILE [arguments]
import { spawn } from 'node:child_process';
import { fail, onNewNode, root } from './node.mjs';
import { installDependencies } from './prepare.mjs';

await onNewNode();
installDependencies();
const [file, ...rest] = process.argv.slice(2);
if (file === undefined) fail('run.mjs needs the file to run.');
const child = spawn(process.execPath, [file, ...rest], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
