/** A title as one segment of a path: nothing that any file system minds, at most 80 characters. */
export function segment(title: string): string {
  const clean = title
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[. ]+|[. ]+$/g, '');
  const short = [...clean].slice(0, 80).join('').trim();
  return short === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(short) ? `page ${short}`.trim() : short;
}

/** Gives each wanted path once; a second one of the same name (upper and lower case are alike) gets a number. */
export function uniquePaths(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    for (let n = 1; ; n += 1) {
      const dot = /(\.[a-z0-9]{1,5})$/i.exec(wanted)?.[1] ?? '';
      const path = n === 1 ? wanted : `${wanted.slice(0, wanted.length - dot.length)} (${n})${dot}`;
      if (taken.has(path.toLowerCase())) continue;
      taken.add(path.toLowerCase());
      return path;
    }
  };
}
