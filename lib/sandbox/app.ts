import { randomBytes } from 'node:crypto';
import { allSites, clear, type Db, getMeta, isEmpty, openDb, setMeta } from './db/index.ts';
import type { Demo } from './demo/types.ts';
import { Faults } from './faults.ts';
import { RateMeter } from './http/rate.ts';
import { RequestLog } from './log.ts';
import { SearchIndex } from './search/index.ts';
import { seed } from './seed.ts';
import { defaultSettings, type Settings } from './settings.ts';
import type { Site } from './types.ts';
import type { Damage } from './xml/damage.ts';

/** OAuth client the practice Atlassian knows: any client id is let in unless `id` is set. */
export type OAuthClient = { id: string | null; secret: string };

/** Client id the documentation uses, and the client secret every client must send unless told otherwise. */
export const sandboxClient = { id: 'sandbox-client', secret: 'sandbox-secret' } as const;

/** One running practice Confluence. */
export type App = {
  db: Db;
  demo: Demo;
  /** Origin under which browsers and clients reach it; no slash at the end. */
  publicUrl: string;
  client: OAuthClient;
  settings: Settings;
  faults: Faults;
  log: RequestLog;
  rate: RateMeter;
  index: SearchIndex;
  /** How the body that the present request saves is spoiled; null: not at all. */
  damage: Damage | null;
  /** Signs cookies and download links. */
  secret: string;
  /** Told of every REST request; `path` begins with `/wiki`. */
  seen?: (request: {
    method: string;
    path: string;
    query: URLSearchParams;
    contentType: string;
    body: Buffer;
  }) => void;
};

/** Opens the data folder, fills it with the demo when empty, and puts the parts together. */
export function createApp(options: { dataDir: string; demo: Demo; client: OAuthClient }): App {
  const db = openDb(options.dataDir);
  if (isEmpty(db)) seed(db, options.demo, Date.now());
  const settings = defaultSettings();
  return {
    db,
    demo: options.demo,
    publicUrl: '',
    client: options.client,
    settings,
    faults: new Faults(),
    log: new RequestLog(),
    rate: new RateMeter(),
    index: new SearchIndex(db, () => settings.indexLagMs),
    damage: null,
    secret: secretOf(db),
  };
}

/** Back to the demo as it was: content, groups, settings, faults, log. Consents and tokens go only when asked. */
export function resetApp(app: App, options: { grants: boolean }): void {
  clear(app.db, options);
  seed(app.db, app.demo, Date.now());
  setMeta(app.db, 'secret', app.secret);
  Object.assign(app.settings, defaultSettings());
  app.faults.clear();
  app.log.clear();
  app.rate.reset();
  app.index.rebuild();
}

/** The site with a cloud id. */
export function siteById(app: App, cloudId: string): Site | undefined {
  return allSites(app.db).find((site) => site.cloudId === cloudId);
}

/** Address of a site as people know it; its pages are below `/wiki` of it. */
export function siteUrl(app: App, site: Site): string {
  return `${app.publicUrl}${site.path.slice(0, -'/wiki'.length)}`;
}

function secretOf(db: Db): string {
  const known = getMeta(db, 'secret');
  if (known) return known;
  const made = randomBytes(32).toString('base64url');
  setMeta(db, 'secret', made);
  return made;
}
