import { UserError } from '#errors';

export type ContentType = 'page' | 'blog_post' | 'folder' | 'whiteboard' | 'database' | 'smart_link';

/** What a person meant by a text that names a page or other content. */
export type Reference =
  | { kind: 'id'; id: string; type: ContentType | null }
  | { kind: 'comment'; id: string; contentId: string | null }
  | { kind: 'home'; spaceKey: string }
  | { kind: 'titled'; space: string | null; title: string };

/**
 * The content id of a tiny link's code (`/x/AbC`): base64 of the little-endian id, `-` for `/`, `_` for
 * `+`, trailing `A`s dropped. Null when it is none.
 */
export function tinyToId(code: string): string | null {
  if (!/^[A-Za-z0-9_-]{1,11}$/.test(code)) return null;
  const bytes = Buffer.from(`${code.replaceAll('-', '/').replaceAll('_', '+').padEnd(11, 'A')}=`, 'base64');
  if (bytes.length !== 8) return null;
  const id = bytes.readBigUInt64LE(0);
  return id > 0n && id < 10n ** 18n ? id.toString() : null;
}

/** The tiny code of an id; the reverse of `tinyToId`. */
export function idToTiny(id: string): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(id));
  return bytes
    .toString('base64')
    .replace(/=+$/, '')
    .replaceAll('/', '-')
    .replaceAll('+', '_')
    .replace(/A+$/, '');
}

const types: Record<string, ContentType> = {
  pages: 'page',
  blog: 'blog_post',
  folder: 'folder',
  whiteboard: 'whiteboard',
  database: 'database',
  embed: 'smart_link',
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
};

function ofUrl(url: URL): Reference | null {
  const query = url.searchParams;
  const path = url.pathname;
  const comment =
    query.get('focusedCommentId') ?? query.get('focusedcommentid') ?? /^#comment-(\d+)$/.exec(url.hash)?.[1];
  const tiny = /\/x\/([A-Za-z0-9_-]+)\/?$/.exec(path);
  const inSpace =
    /\/spaces\/([^/]+)\/(pages|folder|whiteboard|database|embed)\/(?:edit-v2\/|edit\/)?(\d+)/.exec(path);
  const blog = /\/spaces\/([^/]+)\/blog\/(?:\d{4}\/\d{2}\/\d{2}\/|edit-v2\/|edit\/)?(\d+)/.exec(path);
  const display = /\/display\/([^/]+)\/([^/]+)\/?$/.exec(path);
  const asked = query.get('pageId') ?? query.get('draftId') ?? query.get('contentId');
  const home =
    /\/spaces\/([^/]+)(?:\/(?:overview|pages|blog))?\/?$/.exec(path) ?? /\/display\/([^/]+)\/?$/.exec(path);
  const id =
    tiny?.[1] !== undefined
      ? tinyToId(tiny[1])
      : (inSpace?.[3] ?? blog?.[2] ?? (asked && /^\d+$/.test(asked) ? asked : null));
  if (comment && /^\d+$/.test(comment)) return { kind: 'comment', id: comment, contentId: id };
  if (id !== null)
    return { kind: 'id', id, type: blog ? 'blog_post' : inSpace?.[2] ? (types[inSpace[2]] ?? null) : null };
  if (display?.[1] && display[2])
    return { kind: 'titled', space: decoded(display[1]), title: decoded(display[2]) };
  if (home?.[1]) return { kind: 'home', spaceKey: decoded(home[1]) };
  return null;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

function sameSite(url: URL, siteUrl: string): boolean {
  const site = new URL(siteUrl);
  if (loopback.has(url.hostname) && loopback.has(site.hostname)) return url.port === site.port;
  return url.host === site.host;
}

/**
 * Reads an id, a full URL, a tiny link (`/x/AbC`), `SPACE:Title` or a title.
 * @throws UserError invalid_input for a link of another site or one that names no content.
 */
export function readReference(given: string, siteUrl: string): Reference {
  const text = given.trim().replace(/^<(.*)>$/, '$1');
  if (/^\d{1,18}$/.test(text)) return { kind: 'id', id: text, type: null };
  const isPath = /^\/(?:[\w-]+\/)?(?:wiki\/|x\/|spaces\/|pages\/|display\/)/.test(text);
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : isPath ? URL.parse(text, siteUrl) : null;
  if (url !== null) {
    if (!sameSite(url, siteUrl)) {
      throw new UserError(
        'invalid_input',
        `This link belongs to ${url.host}, but you are connected to ${new URL(siteUrl).host}.`,
        {
          next: 'Use a link of the connected site, or select the other site with select_site.',
        },
      );
    }
    const found = ofUrl(url);
    if (found !== null) return found;
    throw new UserError('invalid_input', 'This link names no page.', {
      next: 'Give the link of a page, its id or its title.',
    });
  }
  const titled = /^([A-Za-z0-9_~.-]{1,255})\s*:\s*(\S.*)$/s.exec(text);
  if (titled?.[1] && titled[2]) return { kind: 'titled', space: titled[1], title: titled[2].trim() };
  return { kind: 'titled', space: null, title: text };
}
