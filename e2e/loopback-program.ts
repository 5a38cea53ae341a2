import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js';
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js';

/** A program on this computer: waits for the answer of a consent, as desktop clients do. */
export async function listener(): Promise<{ redirect: string; answer: Promise<URL>; close: () => void }> {
  let tell: (url: URL) => void = () => {};
  const answer = new Promise<URL>((resolve) => {
    tell = resolve;
  });
  const server = createServer((request, reply) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    reply.end('You can close this page.');
    if (url.pathname === '/callback') tell(url);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const redirect = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  return { redirect, answer, close: () => server.close() };
}

/** What such a program remembers of itself and its access; `opened` are the addresses it sends its person to. */
export function memory(redirect: string, name: string) {
  let client: OAuthClientInformationMixed | undefined;
  let tokens: OAuthTokens | undefined;
  let verifier = '';
  const opened: URL[] = [];
  const provider: OAuthClientProvider = {
    redirectUrl: redirect,
    clientMetadata: { client_name: name, redirect_uris: [redirect] },
    state: () => 'from-the-client',
    clientInformation: () => client,
    saveClientInformation: (given) => {
      client = given;
    },
    tokens: () => tokens,
    saveTokens: (given) => {
      tokens = given;
    },
    redirectToAuthorization: (url) => {
      opened.push(url);
    },
    saveCodeVerifier: (given) => {
      verifier = given;
    },
    codeVerifier: () => verifier,
  };
  return { provider, opened, tokens: () => tokens };
}
