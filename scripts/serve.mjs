import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, root, say } from './node.mjs';
import { portIsFree, startNode, stopAll, stopOnSignals, waitForPort } from './processes.mjs';

const modeWords = {
  confluence: { sandbox: 'practice Confluence (sandbox)', atlassian: 'Atlassian Confluence' },
  model: { demo: 'offline demo model', openai: 'OpenAI-compatible model' },
};

async function load(path) {
  return import(pathToFileURL(join(root, path)).href);
}

/** Checks the environment, migrates, starts the sandbox where needed, then `next start` or `next dev`. */
export async function serve(command) {
  process.chdir(root);
  const { readEnv } = await load('lib/env.ts');
  let env;
  try {
    env = readEnv();
  } catch (error) {
    fail(error.message);
  }
  const inSandbox = env.confluence === 'sandbox';
  const sandboxHost = ['127.0.0.1', 'localhost'].includes(env.host) ? '127.0.0.1' : env.host;
  if (!(await portIsFree(env.port, env.host))) {
    fail(`Port ${env.port} is in use. Stop what listens there, or choose another: PORT=3100 npm start`);
  }
  if (inSandbox && !(await portIsFree(env.sandbox.port, sandboxHost))) {
    fail(`Port ${env.sandbox.port} (the sandbox) is in use. Choose another: SANDBOX_PORT=4010 npm start`);
  }
  const { openDatabase } = await load('db/index.ts');
  try {
    const db = await openDatabase(env.dataDir);
    await db.destroy();
  } catch (error) {
    fail(error.message);
  }

  stopOnSignals();
  const died = (what) => async (code) => {
    await stopAll();
    fail(`${what} stopped by itself (exit code ${code}); its last lines above say why.`);
  };
  if (inSandbox) {
    startNode(
      [
        'lib/sandbox/main.ts',
        '--port',
        String(env.sandbox.port),
        '--host',
        sandboxHost,
        '--data',
        join(env.dataDir, 'sandbox'),
        '--public-url',
        env.sandbox.publicUrl,
      ],
      { onExit: died('The sandbox') },
    );
    // First: the app may connect the demo people at its start.
    if (!(await waitForPort(env.sandbox.port, sandboxHost))) {
      await stopAll();
      fail('The sandbox did not start within a minute; its last lines above say why.');
    }
  }
  startNode(['node_modules/next/dist/bin/next', command, '-p', String(env.port), '-H', env.host], {
    env: {
      NEXT_TELEMETRY_DISABLED: '1',
      NEXTAUTH_URL: env.publicUrl,
      ...(command === 'start' ? { NODE_ENV: 'production' } : {}),
    },
    onExit: died('The app'),
  });
  if (!(await waitForPort(env.port, env.host))) {
    await stopAll();
    fail('The app did not start within a minute; its last lines above say why.');
  }
  say(`\nConfab is ready: ${env.publicUrl}`);
  say(
    `  Confluence: ${modeWords.confluence[env.confluence]}${inSandbox ? ` at ${env.sandbox.publicUrl}` : ''}`,
  );
  say(
    `  Model:      ${env.model.kind === 'demo' ? modeWords.model.demo : `${modeWords.model.openai} ${env.model.name}`}`,
  );
  say('  Stop with Ctrl+C.');
}
