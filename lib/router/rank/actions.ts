import { stem } from './words.ts';

/** What is to be done, as far as a verb says it. */
export type Action =
  | 'read'
  | 'make'
  | 'change'
  | 'remove'
  | 'move'
  | 'copy'
  | 'restore'
  | 'archive'
  | 'export';

const verbs: Record<Action, string> = {
  read: 'list show get which who what read open see display view find search look where how many count check tell give summarize summary is are fetch whose when why am did has',
  make: 'create new make add write start publish upload attach store insert put build compose leave announce invite grant assign append set watch follow subscribe connect request reply answer respond notify',
  change:
    'update change edit modify rename fix correct replace set mark tick complete resolve reopen transfer amend overwrite rewrite append insert classify switch turn enable disable restrict lock make add improve adjust clear',
  remove:
    'delete remove erase trash throw discard purge destroy drop revoke kick take away unwatch unfollow unsubscribe stop untag disconnect offboard empty permanently forget log out clear quit',
  move: 'move relocate reorder reorganize shift transfer under',
  copy: 'copy duplicate clone replicate',
  restore: 'restore undelete recover bring back revert roll undo rollback reset go',
  archive: 'archive retire unarchive',
  export: 'export download print save backup zip',
};

const byStem = new Map<string, Set<Action>>();
for (const [action, words] of Object.entries(verbs) as [Action, string][])
  for (const word of words.split(' ')) {
    const key = stem(word);
    byStem.set(key, (byStem.get(key) ?? new Set()).add(action));
  }

/** The actions that the words of a question speak of. */
export function actionsIn(words: readonly string[]): Set<Action> {
  return new Set(words.flatMap((word) => [...(byStem.get(word) ?? [])]));
}

const prefixes: [RegExp, Action][] = [
  [/^(undo|restore)/, 'restore'],
  [/^(delete|remove|purge|disconnect)/, 'remove'],
  [/^archive/, 'archive'],
  [/^copy/, 'copy'],
  [/^move/, 'move'],
  [/^(export|download)/, 'export'],
  [/^(create|add|upload|connect$|publish)/, 'make'],
  [/^(update|edit|set|resolve|replace|select)/, 'change'],
];

/** What an operation does, by the verb of its name. */
export const actionOf = (name: string): Action =>
  prefixes.find(([prefix]) => prefix.test(name))?.[1] ?? 'read';
