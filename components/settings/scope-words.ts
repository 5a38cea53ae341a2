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
  embed: 'embeds',
  me: 'your profile',
};

/** An Atlassian scope in people's words: `write:page:confluence` is "Create and change pages". */
export function scopeWords(scope: string): string {
  if (scope === 'offline_access') return 'Stay connected while you are away';
  const [verb = '', thing = ''] = scope.split(':');
  const words = plurals[thing] ?? thing.replaceAll(/[-._]/g, ' ');
  return `${verbs[verb] ?? verb} ${words}`.trim();
}
