/** What `POST /_sandbox/limits` can change; back to these values on reset. */
export type Settings = {
  /** REST requests allowed per second and caller before 429; null: as many as they like. */
  requestsPerSecond: number | null;
  /** REST points allowed per hour and app before 429. */
  pointsPerHour: number;
  /** How long CQL search takes to see a write, in milliseconds. */
  indexLagMs: number;
  /** Whether a saved body gets local ids and macro ids as Confluence adds them. */
  rewrite: boolean;
};

export function defaultSettings(): Settings {
  return { requestsPerSecond: null, pointsPerHour: 65_000, indexLagMs: 2000, rewrite: false };
}
