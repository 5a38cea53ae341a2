/** A text to copy: a command, a file, an address. */
export type Block = { caption: string; text: string };

/** One way to set a client up. */
export type Way = {
  steps: string;
  blocks: Block[];
  /** A link that sets the client up at a click. */
  link?: { words: string; href: string };
  note?: string;
};

/** How a client is set up: by signing in, with a key, or why not. */
export type Guide = {
  value: string;
  title: string;
  /** It runs in its maker's cloud: this installation must be reachable from there. */
  hosted: boolean;
  signIn: Way | string;
  withKey: Way | string;
};

/** A key as far as it is known: null, a placeholder stands in its place. */
export type Secret = {
  key: string;
  /** Null: this key is refused inside a URL. */
  urlWithKey: string | null;
};

export type GuideInput = { address: string; key: string; urlWithKey: string | null };
