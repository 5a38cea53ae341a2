import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Services of clouds for their own machines, which give away credentials: reachable in no class. Link-local (AWS,
 * Google, Azure and others), AWS and Google over IPv6, Alibaba, Azure's WireServer.
 */
const cloud = new BlockList();
cloud.addSubnet('169.254.0.0', 16, 'ipv4');
cloud.addAddress('100.100.100.200', 'ipv4');
cloud.addAddress('168.63.129.16', 'ipv4');
cloud.addAddress('fd00:ec2::254', 'ipv6');
cloud.addAddress('fd20:ce::254', 'ipv6');

/** Networks that are nobody's public web server: this machine, its neighbours, the cloud's own services, reserved ones. */
const closed4 = new BlockList();
for (const [net, bits] of [
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
] as const)
  closed4.addSubnet(net, bits, 'ipv4');

/** Public IPv6 lies in 2000::/3; these parts of it do not count. */
const open6 = new BlockList();
open6.addSubnet('2000::', 3, 'ipv6');
const closed6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const)
  closed6.addSubnet(net, bits, 'ipv6');
/** IPv6 ways of writing an IPv4 address: mapped, and NAT64. */
const carrying4 = new BlockList();
carrying4.addSubnet('64:ff9b::', 96, 'ipv6');
carrying4.addSubnet('::ffff:0:0', 96, 'ipv6');

/** The IPv4 address in the last 32 bits of an IPv6 one. */
function lastFour(address: string): string | null {
  const tail = address.slice(address.lastIndexOf(':') + 1);
  if (isIPv4(tail)) return tail;
  const url = URL.parse(`http://[${address}]/`);
  const groups = url === null ? [] : url.hostname.slice(1, -1).split('::');
  const last = (groups.at(-1) ?? '').split(':').filter((one) => one !== '');
  const low = Number.parseInt(last.at(-1) ?? '0', 16);
  const high = last.length > 1 || groups.length === 1 ? Number.parseInt(last.at(-2) ?? '0', 16) : 0;
  if (Number.isNaN(low) || Number.isNaN(high)) return null;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

const isOpen4 = (address: string): boolean =>
  !closed4.check(address, 'ipv4') && !cloud.check(address, 'ipv4');

/**
 * True for an IP address of the public internet. Private, loopback, link-local (cloud metadata), carrier, multicast,
 * documentation and tunnel addresses are not, in IPv4 and IPv6, however they are written.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  if (isIPv4(bare)) return isOpen4(bare);
  if (!isIPv6(bare)) return false;
  if (carrying4.check(bare, 'ipv6')) {
    const inner = lastFour(bare);
    return inner !== null && isOpen4(inner);
  }
  return open6.check(bare, 'ipv6') && !closed6.check(bare, 'ipv6');
}

/** Where a team's own servers stand: this machine, private networks, those of a VPN. */
const inside = new BlockList();
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  inside.addSubnet(net, bits, 'ipv4');
inside.addAddress('::1', 'ipv6');
inside.addSubnet('fc00::', 7, 'ipv6');

/**
 * True for this machine and for private networks, which an operator may open up. Link-local addresses (the cloud's
 * metadata), and every other special one, are in neither class.
 */
export function isInsideAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  if (isIPv4(bare)) return inside.check(bare, 'ipv4') && !cloud.check(bare, 'ipv4');
  if (!isIPv6(bare) || cloud.check(bare, 'ipv6')) return false;
  const inner = carrying4.check(bare, 'ipv6') ? lastFour(bare) : null;
  return inside.check(bare, 'ipv6') && (inner === null || !cloud.check(inner, 'ipv4'));
}
