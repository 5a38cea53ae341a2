const verbs: Record<string, string> = {
  read: 'Read',
  write: 'Create and change',
  delete: 'Delete',
  search: 'Search',
};
const plurals: Record<string, string> = {
  page: 'pages',
  space: 'spaces',
  comment: 'comments',
  label: 'labels',
  attachment: 'attachments',
  blogpost: 'blog posts',
  user: 'people',
  group: 'groups',
  task: 'tasks',
  template: 'templates',
  whiteboard: 'whiteboards',
  database: 'databases',
  folder: 'folders',
  watcher: 'watchers',
  relation: 'relations',
  embed: 'Smart Links',
  content: 'content',
  'content-details': 'details of content',
  'content.metadata': 'metadata of content',
  'content.permission': 'permissions on content',
  'content.restriction': 'restrictions of pages',
  'hierarchical-content': 'the page tree',
  'analytics.content': 'page views',
  'space-details': 'details of spaces',
  'space.permission': 'permissions of spaces',
  'custom-content': 'content of apps',
  'audit-log': 'the audit log',
  configuration: 'settings of the site',
  me: 'your profile',
};

/** An Atlassian scope in people's words: `write:page:confluence` is "Create and change pages". */
export function scopeWords(scope: string): string {
  if (scope === 'offline_access') return 'Stay connected while you are away';
  const [verb = '', thing = ''] = scope.split(':');
  const words = plurals[thing] ?? thing.replaceAll(/[-._]/g, ' ');
  return `${verbs[verb] ?? verb} ${words}`.trim();
}

/** Several scopes within a sentence: `read pages, delete Smart Links`. */
export function scopesInSentence(scopes: readonly string[]): string {
  return scopes
    .map(scopeWords)
    .map((words) => words.charAt(0).toLowerCase() + words.slice(1))
    .join(', ');
}
