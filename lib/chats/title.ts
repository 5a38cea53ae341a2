const longest = 60;

/** A chat's title from its first message: its first line, at most about 60 characters, cut at a word. */
export function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.replace(/\s+/g, ' ').trim() ?? '';
  if (line.length <= longest) return line || 'New chat';
  const head = line.slice(0, longest);
  const space = head.lastIndexOf(' ');
  return `${(space > longest / 2 ? head.slice(0, space) : head).replace(/[\s,;:.–-]+$/, '')}…`;
}
