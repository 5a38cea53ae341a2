import type { KeyCeiling, KeyTier } from '#lib/wire';

/** What a client asks a person; the names in it are the client's own words. */
export type ConsentAsk = {
  uid: string;
  client: { name: string; publishedBy: string | null };
  redirect: { kind: 'site' | 'loopback' | 'scheme'; words: string };
  /** What it asks for, as far as the operator allows it. */
  tiers: KeyTier[];
  ceiling: KeyCeiling;
};
