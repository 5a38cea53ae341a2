import { type ErrorOptions, UserError } from '#errors';

type ContentCode = 'invalid_input' | 'not_found' | 'ambiguous' | 'too_large' | 'not_possible';

/**
 * A page body or an edit of one that cannot be used as given: malformed storage, a target that is
 * missing or ambiguous, edits that overlap. The message names the place.
 */
export class ContentError extends UserError {
  constructor(message: string, options: ErrorOptions & { code?: ContentCode } = {}) {
    const { code = 'invalid_input', ...rest } = options;
    super(code, message, rest);
  }
}

/** One-based line and column (in UTF-16 units) of an offset. */
export function positionOf(source: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = source.indexOf('\n'); at !== -1 && at < offset; at = source.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}
