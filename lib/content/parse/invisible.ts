import { collapse } from './elements.ts';

/**
 * Characters that a person does not see but a model reads: zero-width, bidirectional controls, fillers,
 * tag characters, variation selectors used as carriers. Joiners are kept where writing needs them
 * (emoji sequences, Arabic, Indic scripts), and so are the tags of flag emoji.
 */
const SUSPECT = new RegExp(
  `[${[
    '\\u00ad',
    '\\u034f',
    '\\u061c',
    '\\u115f\\u1160',
    '\\u17b4',
    '\\u17b5',
    '\\u180b-\\u180f',
    '\\u200b-\\u200f',
    '\\u202a-\\u202e',
    '\\u2060-\\u206f',
    '\\u3164',
    '\\ufe00-\\ufe0d',
    '\\ufeff',
    '\\uffa0',
    '\\ufff0-\\ufff8',
    '\\u{1d173}-\\u{1d17a}',
    '\\u{e0000}-\\u{e0fff}',
  ].join('')}]`,
  'u',
);
const HIDDEN = new RegExp(
  [
    // A flag: black flag, tags, cancel tag.
    '(?<flag>\\u{1f3f4}[\\u{e0020}-\\u{e007e}]{1,7}\\u{e007f})',
    // A joiner between emoji or letters of a script that joins.
    '(?<joined>(?<=[\\p{Extended_Pictographic}\\ufe0f\\u{1f3fb}-\\u{1f3ff}])\\u200d(?=\\p{Extended_Pictographic}))',
    '(?<script>(?<=[\\p{L}\\p{M}])[\\u200c\\u200d](?=[\\p{L}\\p{M}\\s]|$)(?<=[\\u0600-\\u0dff\\u1000-\\u109f\\u1780-\\u17ff\\u1800-\\u18af].))',
    SUSPECT.source,
  ].join('|'),
  'gu',
);

/** Text without characters that hide from a reader. */
export function stripInvisible(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(HIDDEN, (...args) => {
    const groups = args.at(-1) as { flag?: string; joined?: string; script?: string };
    return groups.flag ?? groups.joined ?? groups.script ?? '';
  });
}

/** True where `stripInvisible` would remove something. */
export function hasHiddenText(text: string): boolean {
  return SUSPECT.test(text) && stripInvisible(text) !== text;
}

/** Text on one line as a reader sees it. */
export function readable(text: string): string {
  return collapse(stripInvisible(text));
}
