/** What single permissions mean, in words; `operation/target` or `operation target` as the API has it. */
const words: Record<string, string> = {
  'read/space': 'view',
  'create/page': 'add and edit pages',
  'create/blogpost': 'add blog posts',
  'create/comment': 'comment',
  'create/attachment': 'add files',
  'delete/page': 'delete pages',
  'delete/blogpost': 'delete blog posts',
  'delete/comment': 'delete comments',
  'delete/attachment': 'delete files',
  'delete/space': 'delete own content',
  'archive/page': 'archive pages',
  'restrict_content/space': 'restrict pages',
  'export/space': 'export',
  'administer/space': 'administer',
};

/** A permission in words; one that is not known as the API wrote it. */
export const permissionWords = (operation: string, target: string): string =>
  words[`${operation}/${target}`] ?? `${operation} ${target}`.trim();

/** The permissions that can be given one by one on sites without roles (enum of the OpenAPI document). */
const operations = [
  'administer',
  'archive',
  'copy',
  'create',
  'delete',
  'export',
  'move',
  'purge',
  'purge_version',
  'read',
  'restore',
  'restrict_content',
  'update',
  'use',
];
const targets = ['page', 'blogpost', 'comment', 'attachment', 'space'];

/** Reads `read space`, `create:page`, `delete/blogpost` or one of the words above; null when it is none. */
export function readPermission(given: string): { key: string; target: string } | null {
  const text = given.trim().toLowerCase();
  const named = Object.entries(words).find(([, said]) => said === text)?.[0];
  const [key = '', target = 'space'] = (named ?? text).split(/[\s:/,]+/);
  return operations.includes(key) && targets.includes(target) ? { key, target } : null;
}
