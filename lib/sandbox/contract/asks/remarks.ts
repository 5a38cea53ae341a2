import { type Ask, get, v1, v2 } from './ask.ts';

const body = { representation: 'storage', value: '<p>Seen.</p>' };
const newer = { version: { number: 2 }, body };

function form(...files: [name: string, text: string][]): () => FormData {
  return () => {
    const made = new FormData();
    for (const [name, text] of files) made.append('file', new Blob([text], { type: 'text/plain' }), name);
    made.append('minorEdit', 'true');
    for (const [name] of files) made.append('comment', `About ${name}`);
    return made;
  };
}

const files = `${v1}/content/100200/child/attachment`;

/** Comments, files and what carries a label, in an order that works. */
export const remarksAsks: Ask[] = [
  { method: 'POST', path: `${v2}/footer-comments`, body: { pageId: '100200', body } },
  { method: 'POST', path: `${v2}/footer-comments`, body: { blogPostId: '100900', body } },
  { method: 'POST', path: `${v2}/footer-comments`, body: { parentCommentId: '300100', body } },
  { method: 'POST', path: `${v2}/footer-comments`, body: { attachmentId: 'att400100', body } },
  {
    method: 'POST',
    path: `${v2}/inline-comments`,
    body: {
      pageId: '100200',
      body,
      inlineCommentProperties: {
        textSelection: 'tokens & retries',
        textSelectionMatchCount: 1,
        textSelectionMatchIndex: 0,
      },
    },
  },
  { method: 'POST', path: `${v2}/inline-comments`, body: { parentCommentId: '300200', body } },
  get(`${v2}/attachments/att400100/footer-comments?body-format=storage`),
  ...['footer-comments', 'attachments'].map((path) => get(`${v2}/custom-content/120100/${path}`)),
  { method: 'PUT', path: `${v2}/footer-comments/300100`, body: newer },
  { method: 'PUT', path: `${v2}/inline-comments/300200`, body: { version: { number: 2 }, resolved: true } },
  get(`${v2}/inline-comments/300200?body-format=storage`),
  ...['footer-comments/300100', 'inline-comments/300200'].flatMap((root) =>
    ['/operations', '/versions?body-format=storage', '/versions/1'].map((path) =>
      get(`${v2}/${root}${path}`),
    ),
  ),
  { method: 'DELETE', path: `${v2}/footer-comments/300100` },
  { method: 'DELETE', path: `${v2}/inline-comments/300200` },
  { method: 'POST', path: files, form: form(['new.txt', 'one']) },
  { method: 'POST', path: files, form: form(['new.txt', 'again']) },
  { method: 'PUT', path: files, form: form(['new.txt', 'two'], ['other.txt', 'three']) },
  { method: 'POST', path: `${files}/att400100/data`, form: form(['limits.txt', 'twelve']) },
  {
    method: 'PUT',
    path: `${files}/att400100`,
    body: {
      id: 'att400100',
      type: 'attachment',
      title: 'renamed.txt',
      metadata: { mediaType: 'text/markdown' },
      version: { number: 2 },
    },
  },
  ...['?include-labels=true&include-versions=true', '/labels', '/operations', '/versions', '/versions/1'].map(
    (path) => get(`${v2}/attachments/att400100${path}`),
  ),
  get(`${v2}/attachments/att400200/thumbnail/download`),
  get(`${files}/att400100/download?version=1`),
  { method: 'POST', path: `${v1}/content/att400100/label`, body: [{ prefix: 'global', name: 'api' }] },
  get(`${v2}/labels/4000000/attachments`),
  { method: 'DELETE', path: `${v1}/content/att400100/label?name=api` },
  { method: 'DELETE', path: `${v2}/attachments/att400100` },
  { method: 'DELETE', path: `${v2}/attachments/att400100?purge=true` },
];
