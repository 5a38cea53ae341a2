import { expect, test } from 'vitest';
import { type HostedReach, hostedReach } from './reach.ts';

const cases: Record<HostedReach, string[]> = {
  open: ['https://confab.example.com', 'https://8.8.8.8', 'https://confab.de:8443'],
  loopback: ['http://localhost:3000', 'https://127.0.0.1', 'http://[::1]:3000', 'https://confab.localhost'],
  private: [
    'https://confab',
    'https://confab.internal',
    'http://confab.local:3000',
    'https://10.1.2.3',
    'http://192.168.1.20:3000',
    'https://[fd00::1]',
    'https://100.64.0.9',
  ],
  plain_http: ['http://confab.example.com', 'http://8.8.8.8:3000'],
};

test('whether a hosted program could reach an address', () => {
  for (const [reach, addresses] of Object.entries(cases))
    for (const address of addresses) expect(hostedReach(address), address).toBe(reach);
});
