import { diffStorage, diffText } from '#lib/content';

/** Bodies larger than this are not compared line by line. */
const mostChars = 150_000;
const mostLines = 8;

/** Ids that Confluence gives each copy of a page anew: they are no difference to a reader. */
const ids =
  /<ac:task-(uuid|id)>[^<]*<\/ac:task-\1>|<ac:adf-attribute key="local-id">[^<]*<\/ac:adf-attribute>| (?:ac:)?(?:local-id|macro-id|task-list-id|schema-version)="[^"]*"| ri:version-at-save="[^"]*"/g;

/**
 * A few lines about what differs between two bodies, or that nothing does. Lines of the first page begin with `-`, of the
 * second with `+`; `~` marks a changed line.
 */
export function differencesOf(a: string, b: string): string[] {
  if (a.length > mostChars || b.length > mostChars) return ['too large to compare line by line'];
  const lines = diffText(diffStorage(a.replace(ids, ''), b.replace(ids, '')))
    .split('\n')
    .filter((line) => /^[-+~] ./.test(line))
    .map((line) => (line.length > 200 ? `${line.slice(0, 199).toWellFormed()}…` : line));
  if (lines.length === 0) return ['the same text'];
  const rest = lines.length - mostLines;
  return rest > 0 ? [...lines.slice(0, mostLines), `… and ${rest} more lines`] : lines;
}
