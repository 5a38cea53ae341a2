import type { KeyTier } from '#components/settings';

/** What a client asks a person; the names in it are the client's own words. */
export type ConsentAsk = {
  uid: string;
  client: { name: string; publishedBy: string | null };
  redirect: { kind: 'site' | 'loopback' | 'scheme'; words: string };
  tiers: KeyTier[];
};
