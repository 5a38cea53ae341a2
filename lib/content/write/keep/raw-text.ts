import { escapeXml, referenceAt } from '../../parse/entities.ts';

/** Signs of a piece of storage text, each with the bytes it is written as: `&eacute;` is one sign. */
export function decodeEntities(raw: string, cdata: boolean): { text: string; bytes: string }[] {
  if (cdata) {
    // Beside other text a section cannot be cut anywhere: its signs are escaped instead.
    return [...raw.slice(9, -3)].map((text) => ({ text, bytes: escapeXml(text) }));
  }
  return (raw.match(/&[^;&]+;|[\s\S]/gu) ?? []).map((bytes) => ({
    bytes,
    text: bytes.length > 1 ? (referenceAt(bytes, 0)?.text ?? bytes) : bytes,
  }));
}
