/** One request as `GET /_sandbox/log` shows it. Bodies, headers and query values that carry secrets are never kept. */
export type LogEntry = {
  time: string;
  method: string;
  path: string;
  query: string;
  status: number;
  person: string | null;
  ms: number;
  /** Length of the answer's body. */
  bytes: number;
  fault: string | null;
};

const most = 10_000;
const secretNames = new Set([
  'code',
  'state',
  'client_secret',
  'access_token',
  'refresh_token',
  'token',
  'sig',
  'code_challenge',
]);

/** The requests seen, oldest first; the oldest fall out after ten thousand. */
export class RequestLog {
  #entries: LogEntry[] = [];

  add(entry: Omit<LogEntry, 'query'> & { query: URLSearchParams }): void {
    const shown = new URLSearchParams();
    for (const [name, value] of entry.query) shown.append(name, secretNames.has(name) ? 'hidden' : value);
    this.#entries.push({ ...entry, query: shown.toString() });
    if (this.#entries.length > most) this.#entries.splice(0, this.#entries.length - most);
  }

  entries(): LogEntry[] {
    return [...this.#entries];
  }

  clear(): void {
    this.#entries = [];
  }
}
