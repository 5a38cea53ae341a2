import { ConfabError, UserError } from '#errors';

/** A content id as the number the endpoints take. @throws UserError invalid_input when it is not one. */
export function contentNumber(id: string): number {
  const value = Number(id);
  if (!/^\d{1,18}$/.test(id) || !Number.isSafeInteger(value)) {
    throw new UserError('invalid_input', `"${id}" is not a Confluence id.`, {
      next: 'Ids are digits, such as 987654321.',
    });
  }
  return value;
}

/** The same id as text, checked: digits, or `att` and digits for attachments; of a link its last part. */
export function attachmentId(id: string): string {
  const found = /^(?:.*(?:\/|=|%2F))?(att\d{1,18}|\d{1,18})$/i.exec(id.trim());
  if (found?.[1] === undefined) {
    throw new UserError('invalid_input', `"${id}" is not an attachment id.`, {
      next: 'They look like att123456; list_attachments shows them.',
    });
  }
  return found[1].startsWith('att') ? found[1] : `att${found[1]}`;
}

/** True for the error with which Atlassian (or we) say that something is missing or not visible. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ConfabError && error.code === 'not_found';
}

/** The value, or null where the item is missing or not visible. Other errors pass. */
export async function orNull<T>(value: Promise<T>): Promise<T | null> {
  try {
    return await value;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
