/** What `POST /_sandbox/limits` can change; back to these values on reset. */
export type Settings = {
  /** REST requests allowed per second and caller before 429; null: as many as they like. */
  requestsPerSecond: number | null;
  /** REST points allowed per hour and app before 429. */
  pointsPerHour: number;
  /** How long CQL search takes to see a write, in milliseconds. */
  indexLagMs: number;
  /** Whether a saved body is written anew as Confluence does, or kept as it was sent. */
  rewrite: boolean;
  /** The largest file that may be attached, in bytes; on the live service 100 MB unless the site says otherwise. */
  attachmentBytes: number;
  /** Premium has analytics, data classification and the admin key; standard has none of them. */
  plan: 'premium' | 'standard';
  /** Keys of spaces with content that a data policy blocks for apps. */
  blockedSpaces: string[];
  /** How long one step of a long task takes, in milliseconds; 0: all is done at the next request. */
  taskStepMs: number;
};

export function defaultSettings(): Settings {
  return {
    requestsPerSecond: null,
    pointsPerHour: 65_000,
    indexLagMs: 2000,
    rewrite: true,
    attachmentBytes: 100 * 1024 * 1024,
    plan: 'premium',
    blockedSpaces: [],
    taskStepMs: 40,
  };
}
