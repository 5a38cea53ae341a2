/** Words people use, and the words the catalogue uses for the same. Keys and values are stems (see `stem`). */
const table: Record<string, string> = {
  where: 'search', find: 'search', look: 'search', locate: 'search', google: 'search', hunt: 'search',
  show: 'read list', open: 'read', view: 'read', display: 'read', fetch: 'read get', summarize: 'read', summarise: 'read', summary: 'read',
  enumerate: 'list', browse: 'list', write: 'create', make: 'create', compose: 'create', draft: 'create draft', start: 'create', new: 'create', publish: 'create',
  change: 'edit update', modify: 'edit update', amend: 'edit', fix: 'edit', append: 'edit add', insert: 'edit add', rewrite: 'edit update', correct: 'edit', extend: 'edit', section: 'edit', paragraph: 'edit', typo: 'edit', mention: 'edit',
  rename: 'update title', retitle: 'update title', overwrite: 'update replace', owner: 'update owner',
  remove: 'delete remove', erase: 'delete', trash: 'delete trash', bin: 'trash delete', undelete: 'restore trash', recover: 'restore trash', bring: 'restore', deleted: 'trash restore',
  tag: 'label', untag: 'remove label', hashtag: 'label', category: 'label', categorize: 'add label', mark: 'label',
  colleague: 'user people', coworker: 'user', person: 'user people', somebody: 'user', someone: 'user', account: 'user account', email: 'user', employee: 'user', contact: 'user',
  team: 'group', membership: 'group member', member: 'member group', belong: 'member group', kick: 'remove group', offboard: 'remove group', invite: 'add group',
  history: 'version', revision: 'version', diff: 'compare version', differ: 'compare', difference: 'compare version', previous: 'version restore', revert: 'restore version undo', rollback: 'restore version undo', older: 'version', old: 'version',
  file: 'attachment', pdf: 'attachment', image: 'attachment', picture: 'attachment', upload: 'attachment', attach: 'attachment', download: 'attachment',
  news: 'blog', post: 'blog', article: 'page blog', doc: 'page', document: 'page', wiki: 'space page', prd: 'page', spec: 'page', runbook: 'page',
  breadcrumb: 'ancestor', parent: 'ancestor parent', path: 'ancestor', above: 'ancestor', subpage: 'child descendant', child: 'child', below: 'descendant child', beneath: 'descendant', subtree: 'descendant', tree: 'descendant', nested: 'descendant', underneath: 'descendant',
  feedback: 'comment', remark: 'comment', discussion: 'comment', thread: 'comment reply', unresolved: 'comment open', note: 'comment edit',
  area: 'space', workspace: 'space', section_of: 'space', key: 'space key',
  recent: 'recent change', lately: 'recent change', yesterday: 'recent change', today: 'recent change', week: 'recent change', latest: 'recent change',
  whoami: 'current user', me: 'current user', logged: 'current user connection', connected: 'connection', login: 'connection', permission: 'connection check scope', instance: 'site', tenant: 'site', cloud: 'site', switch: 'select site',
  relocate: 'move', reorganize: 'move', reorder: 'move', undo: 'undo', approval: 'change', audit: 'change', pending: 'change',
  author: 'user version', wrote: 'version user', edited: 'version recent change',
  // German
  suche: 'search', such: 'search', finde: 'search', seite: 'page', les: 'read', lies: 'read', offne: 'read', zeige: 'read list', erstelle: 'create', anlege: 'create', schreib: 'create', neue: 'create', bearbeite: 'edit', andere: 'edit update', aktualisiere: 'edit update', fuge: 'edit add', erganze: 'edit', hinzu: 'add', losche: 'delete', verschiebe: 'move', bereich: 'space', kommentar: 'comment', anhang: 'attachment', anhange: 'attachment', gruppe: 'group', mitglied: 'member group', wer: 'user', version: 'version', wiederherstelle: 'restore', papierkorb: 'trash', vergleiche: 'compare', etikett: 'label', benutzer: 'user',
  // Spanish
  buscar: 'search', busca: 'search', encontrar: 'search', pagina: 'page', leer: 'read', lee: 'read', abrir: 'read', mostrar: 'read list', lista: 'list', crear: 'create', crea: 'create', nueva: 'create', editar: 'edit', edita: 'edit', anadir: 'edit add', agregar: 'edit add', actualizar: 'edit update', borrar: 'delete', eliminar: 'delete', mover: 'move', espacio: 'space', comentario: 'comment', adjunto: 'attachment', etiqueta: 'label', grupo: 'group', miembro: 'member group', usuario: 'user', persona: 'user', restaurar: 'restore', comparar: 'compare', papelera: 'trash',
};

/** Words that say nothing about the operation wanted. */
const dull = new Set(
  'a an the of to in on at for from with and or is are was it its this that these those i my our your you we can could please would want need do does did be by as if so then confluence atlassian into about der die das ein eine einen im in auf und von zu mir bitte el la los las un una de del en por para y que'.split(' '),
);

/** Lower case, no accents, plural and verb endings off: `Pages` and `page`, `deleting` and `delete` meet. */
export function stem(word: string): string {
  const bare = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  if (bare.length <= 3) return bare;
  const singular = bare.replace(/ies$/, 'y').replace(/(ss)$/, '$1').replace(/([^su])s$/, '$1');
  if (singular === 'children') return 'child';
  if (singular.length > 5 && singular.endsWith('ing')) return singular.slice(0, -3).replace(/(.)\1$/, '$1');
  if (singular.length > 5 && singular.endsWith('en')) return singular.slice(0, -1);
  return singular.replace(/^(.{3,}[^e])ed$/, '$1').replace(/^(.{3,})e$/, '$1');
}

const stemmed = new Map(Object.entries(table).map(([word, meant]) => [stem(word), meant.split(' ').map(stem)]));

/** Words of a text as stems, camelCase and snake_case split, dull ones out. */
export function stems(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !dull.has(word.toLowerCase()))
    .map(stem);
}

/** The words the catalogue uses for these, without the words themselves. */
export function meanings(words: readonly string[]): string[] {
  return [...new Set(words.flatMap((word) => stemmed.get(word) ?? []))].filter((word) => !words.includes(word));
}
