/** The chat that an address of ours shows, if it shows one. */
export const chatOf = (path: string | null): string | undefined => /^\/c\/([\w-]+)/.exec(path ?? '')?.[1];
