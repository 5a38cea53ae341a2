import type { Reply } from '../http/message.ts';
import { escapeHtml } from '../render/escape.ts';
import { styles } from './styles.ts';

// Nothing of a page may run or come from elsewhere. No form-action: the consent form redirects to the app.
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

/** A whole HTML page; `body` is HTML already made safe. */
export function page(title: string, body: string, options: { status?: number; card?: boolean } = {}): Reply {
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="icon" href="/avatar.svg"><style>${styles}</style></head>
<body${options.card ? ' class="card-page"' : ''}>${body}</body></html>`;
  return {
    status: options.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    },
    body: html,
  };
}

/** The word that tells people this is no real Confluence. */
export const badge = '<span class="badge" title="A practice Confluence; nothing here is real">Sandbox</span>';

/** Initials in a circle. */
export function avatar(name: string): string {
  const initials = name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('');
  return `<span class="avatar" aria-hidden="true">${escapeHtml(initials.toUpperCase())}</span>`;
}

export const avatarSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1868db"/><path d="M8 21c3-5 5-5 8-3s5 2 8-3M8 13c3 5 5 5 8 3s5-2 8 3" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/></svg>';
