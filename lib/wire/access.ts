import { z } from 'zod';

/** A set of permissions a person chooses as one. */
export type BundleView = {
  name: string;
  title: string;
  /** What it allows, in plain words. */
  allows: string;
  /** Names of the bundles it needs; they come along. */
  needs: string[];
  scopes: string[];
};

/** How much of a bundle is granted. */
export type GrantState = 'granted' | 'partly' | 'none';

/** How much of a bundle some granted scopes make up, and what is missing of it. */
export function grantOf(
  bundle: BundleView,
  scopes: readonly string[],
): { state: GrantState; missing: string[] } {
  const missing = bundle.scopes.filter((scope) => !scopes.includes(scope));
  const state =
    missing.length === 0 ? 'granted' : missing.length === bundle.scopes.length ? 'none' : 'partly';
  return { state, missing };
}

/** What a missing permission is about: shown on the card that asks for it. */
export const accessNeededSchema = z.object({
  scopes: z.array(z.string()),
  /** Titles of operations that need one of them, the one that was called first. */
  operations: z.array(z.string()),
  /** How many operations need one of them. */
  operationCount: z.number(),
  /** Titles of the bundles they belong to. */
  bundles: z.array(z.string()),
  /** The path to Atlassian's consent page that asks for it; comes back to the connections page. */
  path: z.string().startsWith('/connect?'),
});
export type AccessNeeded = z.infer<typeof accessNeededSchema>;
