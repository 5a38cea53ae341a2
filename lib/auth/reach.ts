import { env } from '#env';
import { isPublicAddress } from '#lib/guarded-fetch';

/** From where the public address of this installation can be reached: what stands in a hosted program's way. */
export type HostedReach = 'open' | 'loopback' | 'private' | 'plain_http';

/** Names that no public name server answers for (RFC 6761, 6762, 8375, and the usual ones of home and office). */
const localName = /(^|\.)(localhost|local|internal|lan|home|corp|intranet|home\.arpa|test|invalid|example)$/;

function isLoopback(host: string): boolean {
  return /(^|\.)localhost$/.test(host) || /^127\./.test(host) || host === '::1';
}

/**
 * Could a program that runs in its maker's cloud (Claude on the web, ChatGPT) reach this address? Judged from the
 * address alone: a public name may still lead into a network of one's own.
 */
export function hostedReach(publicUrl = env().publicUrl): HostedReach {
  const url = new URL(publicUrl);
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isLoopback(host)) return 'loopback';
  const isIp = /^[\d.]+$/.test(host) || host.includes(':');
  if (isIp ? !isPublicAddress(host) : !host.includes('.') || localName.test(host)) return 'private';
  return url.protocol === 'https:' ? 'open' : 'plain_http';
}
