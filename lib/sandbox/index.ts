import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type App, createApp, type OAuthClient, sandboxClient } from './app.ts';
import type { Demo } from './demo/types.ts';
import { makeServer } from './server.ts';

export { sandboxClient } from './app.ts';

export type SandboxOptions = {
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** Folder of `sandbox.sqlite`; filled with the demo when empty. */
  dataDir: string;
  /** Origin under which browsers and clients reach the sandbox; the listening address unless given. */
  publicUrl?: string;
  /** Content to fill an empty folder with; the built-in demo unless given. */
  demo?: Demo;
  client?: Partial<OAuthClient>;
  /** Told of every REST request, for tests that check what a client sends. */
  seen?: App['seen'];
};

export type Sandbox = { url: string; close(): Promise<void> };

/** Starts a practice Confluence. Rejects with the listening error, such as EADDRINUSE. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const demo = options.demo ?? (await import('./demo/index.ts')).buildDemo();
  const client = { id: null, secret: sandboxClient.secret, ...options.client };
  const app = createApp({ dataDir: options.dataDir, demo, client });
  if (options.seen !== undefined) app.seen = options.seen;
  const server = makeServer(app);
  try {
    await listen(server, options.port, options.host);
  } catch (error) {
    app.db.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const host = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(options.host) ? 'localhost' : options.host;
  app.publicUrl = (options.publicUrl ?? `http://${host}:${port}`).replace(/\/+$/, '');
  return {
    url: app.publicUrl,
    close: async () => {
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
      app.db.close();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
