import { BlockList, isIP } from 'node:net';

const blocked = new BlockList();
// IANA's special-purpose registries: this network, private, shared, loopback, link-local, protocol
// assignments, documentation, benchmarks, multicast, reserved.
const blocked4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
for (const [net, prefix] of blocked4) blocked.addSubnet(net, prefix, 'ipv4');
// Within 2000::/3: Teredo and other assignments, documentation, 6to4 (which holds an IPv4 address), AS112.
const blocked6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];
for (const [net, prefix] of blocked6) blocked.addSubnet(net, prefix, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** Is this an address of the public internet? Everything that could lead to ourselves or our network is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !blocked.check(address, 'ipv4');
  // Only global unicast: that leaves out loopback, link-local, unique local, mapped and translated addresses.
  return family === 6 && global6.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
}
