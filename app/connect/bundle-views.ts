import { bundleNames, bundles } from '#lib/connections';
import type { BundleView } from '#lib/wire';

/** The bundles a person can choose among, as the browser shows them. */
export function bundleViews(): BundleView[] {
  return bundleNames.map((name) => {
    const { title, allows, needs, scopes } = bundles[name];
    return { name, title, allows, needs: [...needs], scopes: [...scopes] };
  });
}
