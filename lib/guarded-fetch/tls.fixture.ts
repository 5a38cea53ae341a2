import { generateKeyPairSync, sign } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

/** One value of ASN.1 in DER. */
function der(tag: number, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const hex = (text: string) => Buffer.from(text, 'hex');
const ed25519 = der(0x30, der(0x06, hex('2b6570')));
const commonName = (name: string) =>
  der(0x30, der(0x31, der(0x30, der(0x06, hex('550403')), der(0x0c, name))));

/** A self-signed certificate for a host name, as PEM. */
function certificateFor(host: string): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const names = der(0x30, der(0x82, host));
  const extensions = der(0xa3, der(0x30, der(0x30, der(0x06, hex('551d11')), der(0x04, names))));
  const body = der(
    0x30,
    der(0xa0, der(0x02, hex('02'))),
    der(0x02, hex('01')),
    ed25519,
    commonName(host),
    der(0x30, der(0x17, '250101000000Z'), der(0x17, '490101000000Z')),
    commonName(host),
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  );
  const whole = der(0x30, body, ed25519, der(0x03, hex('00'), sign(null, body, privateKey)));
  const lines = whole.toString('base64').replace(/(.{64})/g, '$1\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

/** A site over TLS on loopback under a name that no DNS knows. `hits`: paths it was asked for. */
export async function startSite(
  host: string,
  answer: (request: IncomingMessage, reply: ServerResponse) => void,
): Promise<{ origin: string; port: number; ca: string; hits: string[]; server: Server }> {
  const { key, cert } = certificateFor(host);
  const hits: string[] = [];
  const server = createServer({ key, cert }, (request, reply) => {
    hits.push(request.url ?? '');
    answer(request, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `https://${host}:${port}`, port, ca: cert, hits, server };
}
