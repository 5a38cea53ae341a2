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
