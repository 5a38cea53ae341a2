import { pino } from 'pino';

/** Field names whose values never reach the log, at any depth up to three. */
const secretNames = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'access_token',
  'refresh_token',
  'client_secret',
  'accessToken',
  'refreshToken',
  'clientSecret',
  'apiKey',
  'api_key',
  'key',
  'ticket',
];

/**
 * The structured log: one JSON object a line on standard error. Values of secret names are removed;
 * message texts must not carry secrets or page bodies in the first place.
 */
export const log = pino(
  {
    name: 'confab',
    level: process.env.LOG_LEVEL ?? 'info',
    redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[removed]' },
  },
  pino.destination(2),
);

export type Log = typeof log;
