export { checkAdf } from './adf/check.ts';
export {
  type AdfNode,
  adfNodes,
  adfSaysSomething,
  adfText,
} from './adf/document.ts';
export { adfSection } from './adf/sections.ts';
export { type AdfView, adfMentions, adfToMarkdown } from './adf/to-markdown.ts';
export { verifyAdf } from './adf/verify.ts';
export { type Anchors, anchorsOf, hasAnchor } from './anchors.ts';
export { type Block, type BlockKind, outline, outlineText } from './blocks.ts';
export { ContentError } from './content-error.ts';
export { diffStorage } from './diff/body-diff.ts';
export { diffSummary, diffText } from './diff/diff-text.ts';
export { applyEdits, type EditResult } from './edit.ts';
export { type Edit, type Line as TableLine, type Op as EditOp, usageOf } from './edit-fields.ts';
export { type CommentMarker, commentMarkers, droppedComments } from './inline-comments.ts';
export { hasHiddenText, stripInvisible } from './invisible.ts';
export { type Line, type LineKind, linesOf, mentionToken, type TextTable, tablesOf } from './lines.ts';
export { links, mentions, type PageLink, replaceLinkTargets } from './links.ts';
export { type ConflictWords, conflictSides, conflictWords } from './merge/conflict-view.ts';
export { type Conflict, type MergeResult, mergeStorage } from './merge.ts';
export { type Occurrence, occurrences } from './occurrences.ts';
export { checkStorage, parseStorage, type StorageDoc, type StorageNode } from './parse.ts';
export { type Reference, type ReferenceTarget, type ReferenceUse, references } from './references.ts';
export { type Hit, type Match, type Replacement, replaceMatches } from './replace-matches.ts';
export { type RichOptions, toRich } from './rich.ts';
export { type Part, partOf, type Section, sectionsOf } from './sections.ts';
export type { EditTarget } from './targets.ts';
export { textOf } from './text.ts';
export { holdsStorage, sameStorage, type VerifyResult, verifyStorage } from './verify.ts';
export { verifyWords, type WordsResult } from './verify-text.ts';
export { type MarkdownView, toMarkdown, type ViewOptions } from './view/markdown.ts';
export { warningsOf } from './warnings.ts';
export { markdownNotation } from './write/notation.ts';
export { markdownToStorage } from './write/storage.ts';
