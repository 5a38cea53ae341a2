import { parseArgs } from 'node:util';
import { startSandbox } from './index.ts';

/**
 * `node lib/sandbox/main.ts --port 4010 --host 127.0.0.1 --data DIR [--public-url URL]`. Environment, where an argument
 * is missing: SANDBOX_PORT, SANDBOX_PUBLIC_URL, SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      'public-url': { type: 'string' },
    },
  });
  const { env } = process;
  const port = Number(values.port ?? env.SANDBOX_PORT ?? '4010');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    fail(`--port must be a number from 0 to 65535, not "${values.port ?? env.SANDBOX_PORT}".`);
  const publicUrl = values['public-url'] ?? env.SANDBOX_PUBLIC_URL;
  if (publicUrl !== undefined && !URL.canParse(publicUrl))
    fail(`--public-url must be a URL, not "${publicUrl}".`);
  const sandbox = await startSandbox({
    port,
    host: values.host ?? '127.0.0.1',
    dataDir: values.data ?? './data/sandbox',
    ...(publicUrl ? { publicUrl } : {}),
    client: {
      ...(env.SANDBOX_CLIENT_ID ? { id: env.SANDBOX_CLIENT_ID } : {}),
      ...(env.SANDBOX_CLIENT_SECRET ? { secret: env.SANDBOX_CLIENT_SECRET } : {}),
    },
  });
  console.log(`sandbox listening on ${sandbox.url}`);
  const stop = () => {
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => fail(`it did not stop cleanly: ${String(error)}`),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function fail(why: string): never {
  console.error(`sandbox: ${why}`);
  process.exit(1);
}

main().catch((error: unknown) => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    fail('the port is in use by another program. Stop it, or choose another with --port.');
  fail(error instanceof Error ? error.message : String(error));
});
