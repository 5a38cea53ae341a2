import { UserError } from '#errors';

/** An origin that no address can have by accident; what leaves it was not a path. */
const probe = 'https://confab.invalid';

/**
 * Checks where a person is sent after connecting: a path of this app (`/c/abc?x=1`), nothing else.
 * @throws UserError `invalid_input` for other origins, `//host`, backslashes, control characters.
 */
export function safeReturnTo(path: string): string {
  const plain = path.length <= 2000 && /^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(path);
  const url = plain ? URL.parse(path, probe) : null;
  // `/..//host` and its encoded forms become `//host` once a browser has resolved them.
  if (url === null || url.origin !== probe || url.username !== '' || url.pathname.startsWith('//')) {
    throw new UserError('invalid_input', 'The address to return to is not one of this app.', {
      next: 'Start the connection from the chat or from Settings, Connections.',
    });
  }
  return url.pathname + url.search + url.hash;
}
