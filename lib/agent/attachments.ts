import { UserError } from '#errors';
import { fileText, openFile } from '#lib/files';
import type { FilePart, Message, Part } from '#lib/wire';
import { fence } from './fence.ts';

/** Characters that the model reads of one file, and of all files of a message. */
const longest = 60_000;
const longestInAll = 150_000;

async function partOf(userId: string, id: string, room: number): Promise<FilePart> {
  const { name, mediaType, size, bytes } = await openFile(userId, id);
  const file = { type: 'file', fileId: id, name, mediaType, size } as const;
  try {
    const text = await fileText(name, mediaType, bytes);
    const most = Math.min(longest, room);
    return text.length <= most
      ? { ...file, text, note: null }
      : {
          ...file,
          text: text.slice(0, most),
          note: `Only the first ${most.toLocaleString('en')} of ${text.length.toLocaleString('en')} characters are read.`,
        };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // It can still be uploaded as it is.
    return { ...file, text: null, note: error.message };
  }
}

/**
 * The files of a message, with what can be read of them: their text is kept with the message, the files themselves
 * for a day.
 * @throws UserError not_found for files of other people and those no longer kept.
 */
export async function fileParts(userId: string, ids: readonly string[]): Promise<FilePart[]> {
  const parts: FilePart[] = [];
  let room = longestInAll;
  for (const id of new Set(ids)) {
    const part = await partOf(userId, id, room);
    room -= part.text?.length ?? 0;
    parts.push(part);
  }
  return parts;
}

/** A message as it goes to a browser: what was read of a file is for the model, and may be long. */
export function withoutFileText(message: Message): Message {
  if (message.role !== 'user') return message;
  return {
    ...message,
    parts: message.parts.map((part) => (part.type === 'file' ? { ...part, text: null } : part)),
  };
}

/** Begins what a message says of its files to the model; `reading.ts` of the demo model knows it. */
export const attachedMark = '[Attached file';

/** What the model is told of the files of a message, their text fenced like any other that the person did not type. */
export function attachedText(parts: readonly Part[]): string {
  return parts
    .flatMap((part) => {
      if (part.type !== 'file') return [];
      const head = `${attachedMark} ${JSON.stringify(part.name)}, ${part.mediaType}, ${part.size} bytes, id ${part.fileId}: upload_attachment takes this id.${part.note === null ? '' : ` ${part.note}`}]`;
      return [part.text === null ? head : `${head}\n${fence(part.text)}`];
    })
    .map((text) => `\n\n${text}`)
    .join('');
}
