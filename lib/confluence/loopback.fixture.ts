import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Seen = { method: string; url: string; headers: IncomingMessage['headers']; body: string };
export type Reply = (request: Seen, response: ServerResponse) => void;

/** A loopback HTTP server for tests: it answers with the queued replies, then with `otherwise`, and keeps what it saw. */
export type Loopback = {
  url: string;
  seen: Seen[];
  next: (...replies: Reply[]) => void;
  otherwise: (reply: Reply) => void;
  close: () => Promise<void>;
};

/** A JSON reply. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

/** A reply of any kind. */
export function raw(status: number, headers: Record<string, string>, body: string | Buffer = ''): Reply {
  return (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Closes the connection without an answer. */
export const drop: Reply = (_request, response) => {
  response.socket?.destroy();
};

export async function startLoopback(): Promise<Loopback> {
  const seen: Seen[] = [];
  let queue: Reply[] = [];
  let fallback: Reply = json({ message: 'nothing planned' }, 404);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Seen = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      seen.push(one);
      (queue.shift() ?? fallback)(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    next: (...replies) => {
      queue = [...queue, ...replies];
    },
    otherwise: (reply) => {
      fallback = reply;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
