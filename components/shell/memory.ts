type Memory = {
  /** What is remembered under a name; empty when nothing. */
  read: (name: string) => string;
  /** Remembers `text`; an empty text forgets. */
  write: (name: string, text: string) => void;
};

/** The storage is asked for each time: the server has none, and a browser may have it switched off. */
function memory(storage: () => Storage): Memory {
  return {
    read: (name) => {
      try {
        return storage().getItem(name) ?? '';
      } catch {
        // Storage is switched off in this browser: such things then live as long as the page.
        return '';
      }
    },
    write: (name, text) => {
      try {
        if (text === '') storage().removeItem(name);
        else storage().setItem(name, text);
      } catch {
        // As above.
        return;
      }
    },
  };
}

/** What this tab remembers. */
export const tabMemory: Memory = memory(() => sessionStorage);

/** What this browser remembers. */
export const browserMemory: Memory = memory(() => localStorage);
