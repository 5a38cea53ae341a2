import { decodeHTML } from 'entities';
import { UserError } from '#errors';

/** The largest file whose text is worked out, in bytes. */
const largest = 25_000_000;
const largestUnpacked = 200_000_000;

type Reader = (bytes: Uint8Array) => Promise<string>;

function unreadable(name: string, why: string, cause?: unknown): UserError {
  return new UserError('not_possible', `"${name}" is not readable as text: ${why}.`, {
    next: 'Download it with as=file, or look at a picture with as=image.',
    cause,
  });
}

/** UTF-8 or UTF-16 with its mark; else Windows-1252, unless it holds what no text holds. */
function decoded(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function ofHtml(html: string): string {
  const bare = html
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<(script|style|template|noscript)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<br\b[^>]*>|<\/(p|div|li|tr|h[1-6]|section|article|table|blockquote|pre)\s*>/gi, '\n')
    .replace(/<[^>]*>/g, ' ');
  return decodeHTML(bare)
    .replace(/[ \t\r]+/g, ' ')
    .replace(/ *\n[ \n]*/g, '\n')
    .trim();
}

const ofPdf: Reader = async (bytes) => {
  const { extractText, getDocumentProxy } = await import('unpdf');
  const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  const { text } = await extractText(document, { mergePages: false });
  const pages = text.map((page) => page.trim());
  if (pages.every((page) => page === '')) return '';
  return pages.length === 1
    ? (pages[0] ?? '')
    : pages.map((page, index) => `[page ${index + 1}]\n${page}`).join('\n\n');
};

/** What an archive says it unpacks to, in bytes: a small file must not fill the memory. */
function unpackedSize(bytes: Uint8Array): number {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entry = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
  let size = 0;
  for (let at = data.indexOf(entry); at >= 0 && at + 28 <= data.length; at = data.indexOf(entry, at + 4))
    size += data.readUInt32LE(at + 24);
  return size;
}

const ofWord: Reader = async (bytes) => {
  if (unpackedSize(bytes) > largestUnpacked) throw new RangeError('unpacks to too much');
  const { default: mammoth } = await import('mammoth');
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
  return value.replace(/\n{3,}/g, '\n\n').trim();
};

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const extensions: Record<string, string> = {
  pdf: 'application/pdf',
  docx: word,
  html: 'text/html',
  htm: 'text/html',
};
const plainNames =
  /\.(txt|csv|tsv|md|markdown|json|jsonl|ya?ml|xml|log|ini|toml|sql|rst|tex|ics|vcf|svg|properties)$/i;
const plainTypes =
  /^(text\/|application\/(json|xml|yaml|x-yaml|toml|sql|x-ndjson)|[\w.+-]+\/[\w.-]+\+(json|xml)$)/;

/** What a file is: by its name where its media type says nothing. */
function kindOf(name: string, mediaType: string): 'pdf' | 'word' | 'html' | 'plain' | 'other' {
  const type = mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  const known = extensions[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? type;
  if (known === 'application/pdf') return 'pdf';
  if (known === word) return 'word';
  if (known === 'text/html' || known === 'application/xhtml+xml') return 'html';
  return plainTypes.test(type) || plainNames.test(name) ? 'plain' : 'other';
}

async function read(kind: 'pdf' | 'word', name: string, bytes: Uint8Array): Promise<string> {
  try {
    return await (kind === 'pdf' ? ofPdf : ofWord)(bytes);
  } catch (error) {
    throw unreadable(name, 'it is damaged, protected by a password, or not what its name says', error);
  }
}

/**
 * The text of a file: plain text, CSV, Markdown, JSON and their like as they are, HTML without its tags, PDF by page,
 * Word (.docx).
 * @throws UserError not_possible for what holds no text (pictures, archives, scans, old Office files), too_large.
 */
export async function fileText(name: string, mediaType: string, bytes: Uint8Array): Promise<string> {
  if (bytes.byteLength > largest) {
    throw new UserError('too_large', `"${name}" is larger than 25 MB, too large to be read here.`, {
      next: 'Download it with as=file.',
    });
  }
  const kind = kindOf(name, mediaType);
  if (kind === 'pdf' || kind === 'word') {
    const text = await read(kind, name, bytes);
    if (text !== '') return text;
    throw unreadable(name, kind === 'pdf' ? 'its pages are pictures, such as a scan' : 'it is empty');
  }
  if (kind === 'other')
    throw unreadable(name, `${mediaType || 'its kind'} holds no text that can be taken out`);
  const text = decoded(bytes);
  if (text === null) throw unreadable(name, 'it holds bytes that are no text');
  return kind === 'html' ? ofHtml(text) : text.replace(/^\uFEFF/, '');
}
