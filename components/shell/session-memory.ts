/** What this tab remembers under a name; empty when nothing. */
export function readSession(name: string): string {
  try {
    return sessionStorage.getItem(name) ?? '';
  } catch {
    // Storage is switched off in this browser: such things then live as long as the page.
    return '';
  }
}

/** Remembers `text` for this tab; an empty text forgets. */
export function writeSession(name: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    // As above.
    return;
  }
}
