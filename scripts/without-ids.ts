/** A body without the ids that Confluence gives to what is new in it, for tests that say what was written. */
export function withoutIds(storage: string): string {
  return storage.replace(
    / (?:local-id|ac:local-id|ac:macro-id|ac:schema-version|ac:task-list-id|ri:version-at-save)="[^"]*"/g,
    '',
  );
}
