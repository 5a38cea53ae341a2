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
export { type Block, type BlockKind, outline, outlineText } from './blocks/blocks.ts';
export { type Part, partOf, type Section, sectionsOf } from './blocks/sections.ts';
export { ContentError } from './content-error.ts';
export { diffStorage } from './diff/body-diff.ts';
export { diffSummary, diffText } from './diff/diff-text.ts';
export { applyEdits, type EditResult } from './edit/edit.ts';
export { type Edit, type Line as TableLine, type Op as EditOp, usageOf } from './edit/edit-fields.ts';
export { type Occurrence, occurrences } from './edit/occurrences.ts';
export { type Hit, type Match, type Replacement, replaceMatches } from './edit/replace-matches.ts';
export type { EditTarget } from './edit/targets.ts';
export { warningsOf } from './loss/warnings.ts';
export { type ConflictWords, conflictSides, conflictWords } from './merge/conflict-view.ts';
export { type Conflict, type MergeResult, mergeStorage } from './merge/merge.ts';
export { hasHiddenText, stripInvisible } from './parse/invisible.ts';
export { checkStorage, parseStorage, type StorageDoc, type StorageNode } from './parse/parse.ts';
export { type Anchors, anchorsOf, hasAnchor } from './read/anchors.ts';
export { type CommentMarker, commentMarkers, droppedComments } from './read/inline-comments.ts';
export { type Line, type LineKind, linesOf, mentionToken, type TextTable, tablesOf } from './read/lines.ts';
export { links, mentions, type PageLink, replaceLinkTargets } from './read/links.ts';
export { type Reference, type ReferenceTarget, type ReferenceUse, references } from './read/references.ts';
export { type RichOptions, toRich } from './read/rich.ts';
export { textOf } from './read/text.ts';
export { holdsStorage, sameStorage, type VerifyResult, verifyStorage } from './verify/verify.ts';
export { verifyWords, type WordsResult } from './verify/verify-text.ts';
export { type MarkdownView, toMarkdown, type ViewOptions } from './view/markdown.ts';
export { markdownNotation } from './write/notation.ts';
export { markdownToStorage } from './write/storage.ts';
