const verbs: Record<string, string> = {
  read: 'View',
  write: 'Create and change',
  delete: 'Delete',
  search: 'Search',
  manage: 'Manage',
  readonly: 'View',
};
const things: Record<string, string> = {
  page: 'pages and blog posts',
  space: 'spaces',
  'space.permission': 'who may use a space',
  'space-details': 'space details',
  'content-details': 'content details, and search',
  'content.metadata': 'content details such as ancestors',
  'content.permission': 'what a person may do with content',
  'content.restriction': 'restrictions of content',
  'hierarchical-content': 'the page tree',
  attachment: 'attachments',
  comment: 'comments',
  label: 'labels',
  user: 'people',
  group: 'groups and their members',
  me: 'your name and email address',
  task: 'tasks',
  'audit-log': 'the audit log',
  configuration: 'settings of the site',
};

export type ScopeGroup = { title: string; items: { scope: string; words: string }[] };

/** Scopes in plain words, grouped by what they let an app do. */
export function describeScopes(scopes: string[]): ScopeGroup[] {
  const groups = new Map<string, ScopeGroup['items']>();
  for (const scope of scopes) {
    if (scope === 'offline_access') continue;
    const [verb = '', thing = ''] = scope.split(':');
    const title = verbs[verb] ?? 'Other';
    const items = groups.get(title) ?? [];
    items.push({ scope, words: things[thing] ?? thing.replaceAll(/[.-]/g, ' ') });
    groups.set(title, items);
  }
  return [...groups].map(([title, items]) => ({ title, items }));
}
