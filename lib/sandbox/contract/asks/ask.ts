/** One request of the contract test; sent by Ada with basic auth. `form`: multipart. */
export type Ask = {
  method: string;
  path: string;
  body?: unknown;
  form?: () => FormData;
  headers?: Record<string, string>;
};

export const v1 = '/wiki/rest/api';
export const v2 = '/wiki/api/v2';
export const get = (path: string): Ask => ({ method: 'GET', path });
