const START = 1;
const PART = 2;

/** What each ASCII character may be in a name. */
const ascii = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_:]/.test(char)) ascii[code] = START | PART;
  else if (/[0-9.-]/.test(char)) ascii[code] = PART;
}

// XML 1.0 (fifth edition), productions 4 and 4a.
const OTHER_START =
  '\\u{c0}-\\u{d6}\\u{d8}-\\u{f6}\\u{f8}-\\u{2ff}\\u{370}-\\u{37d}\\u{37f}-\\u{1fff}\\u{200c}\\u{200d}\\u{2070}-\\u{218f}\\u{2c00}-\\u{2fef}\\u{3001}-\\u{d7ff}\\u{f900}-\\u{fdcf}\\u{fdf0}-\\u{fffd}\\u{10000}-\\u{effff}';
const FIRST = new RegExp(`[A-Za-z_:${OTHER_START}]`, 'uy');
const REST = new RegExp(`[A-Za-z0-9_:.\\-\\u{b7}\\u{300}-\\u{36f}\\u{203f}\\u{2040}${OTHER_START}]*`, 'uy');

/** The offset after the XML name that starts at `from`; `from` itself where none does. */
export function nameEnd(source: string, from: number): number {
  let at = from;
  let wanted = START;
  for (;;) {
    const code = source.charCodeAt(at);
    if (code >= 128) break;
    // Behind the end of the source the code is NaN, and the table has nothing at it.
    if (((ascii[code] ?? 0) & wanted) === 0) return at;
    wanted = PART;
    at += 1;
  }
  if (at === from) {
    FIRST.lastIndex = at;
    if (!FIRST.test(source)) return from;
    at = FIRST.lastIndex;
  }
  REST.lastIndex = at;
  REST.test(source);
  return REST.lastIndex;
}
