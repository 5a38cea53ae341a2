import { collapse, shortHash } from '../parse/elements.ts';
import { attr, parseStorage, visibleText } from '../parse/parse.ts';

/** A stretch of text that an inline comment is attached to. One comment may have several, one for each block. */
export type CommentMarker = {
  /** What Confluence calls the comment's place: `inlineMarkerRef` of the comment. */
  ref: string;
  /** Its name in the Markdown view: `{comment #id}words{/comment}`. */
  id: string;
  text: string;
  start: number;
  end: number;
};

/** The inline comment markers of a body, in order. @throws ContentError on malformed storage */
export function commentMarkers(storage: string): CommentMarker[] {
  const doc = parseStorage(storage);
  const found: CommentMarker[] = [];
  for (const node of doc.nodes) {
    if (node.type !== 'element' || node.name !== 'ac:inline-comment-marker') continue;
    const ref = attr(node, 'ac:ref');
    if (ref === null || ref === '') continue;
    const { start, end, openEnd } = node;
    found.push({
      ref,
      id: shortHash(storage.slice(start, openEnd)),
      text: collapse(visibleText(doc, node, 200)),
      start,
      end,
    });
  }
  return found;
}

/** Refs of the inline comments whose text the body `before` has and `after` has not. @throws ContentError */
export function droppedComments(before: string, after: string): string[] {
  const left = new Set(commentMarkers(after).map(({ ref }) => ref));
  return [...new Set(commentMarkers(before).map(({ ref }) => ref))].filter((ref) => !left.has(ref));
}
