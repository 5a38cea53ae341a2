import {
  ancestorsOf,
  attachmentsOf,
  commentsOf,
  type Db,
  findContentAnywhere,
  findSpace,
  labelsOf,
  stateOf,
  versionsOf,
  watchersOf,
} from '../db/index.ts';
import type { Content, NodeType, Space } from '../types.ts';
import { factsOf, plainText } from '../xml/plain-text.ts';
import { type WordList, wordList } from './words.ts';

export type SearchKind = 'page' | 'blogpost' | NodeType | 'comment' | 'attachment' | 'space';

/** One searchable thing, as it was when it was last indexed. */
export type SearchDocument = {
  kind: SearchKind;
  id: string;
  cloudId: string;
  /** The page or post whose permissions hold for it; null for a space. */
  contentId: string | null;
  space: Space;
  title: string;
  text: string;
  labels: string[];
  subtype: string | null;
  creator: string;
  contributors: string[];
  /** Epoch milliseconds. */
  created: number;
  modified: number;
  parentId: string | null;
  ancestorIds: string[];
  macros: string[];
  mentions: string[];
  /** Account ids of those who watch a page or post; comments and files have none of their own. */
  watchers?: string[];
  /** Name of the state a page or post carries. */
  pageStatus?: string;
  titleWords: WordList;
  bodyWords: WordList;
  labelWords: WordList;
};

type Plain = Omit<SearchDocument, 'titleWords' | 'bodyWords' | 'labelWords'>;

function withWords(document: Plain): SearchDocument {
  return {
    ...document,
    titleWords: wordList(document.title),
    bodyWords: wordList(document.text),
    labelWords: wordList(document.labels.join(' ')),
  };
}

/** A space as something to find. */
export function spaceDocument(db: Db, space: Space): SearchDocument {
  const at = Date.parse(space.createdAt);
  return withWords({
    kind: 'space',
    id: space.id,
    cloudId: space.cloudId,
    contentId: null,
    space,
    title: space.name,
    text: space.description,
    labels: labelsOf(db, 'space', space.id).map((label) => label.name),
    subtype: null,
    creator: space.authorId,
    contributors: [space.authorId],
    created: at,
    modified: at,
    parentId: null,
    ancestorIds: [],
    macros: [],
    mentions: [],
  });
}

/** The page or post with its comments and attachments; nothing when it is not current or is gone. */
export function contentDocuments(db: Db, contentId: string): SearchDocument[] {
  const content = findContentAnywhere(db, contentId);
  const space = content && findSpace(db, content.spaceId);
  if (!content || !space || content.status !== 'current') return [];
  const ancestorIds = ancestorsOf(db, content).map((one) => one.id);
  const versions = versionsOf(db, content.id);
  const shared = { cloudId: content.cloudId, contentId: content.id, space, ancestorIds };
  const own = withWords({
    ...shared,
    kind: content.type,
    id: content.id,
    title: content.title,
    text: plainText(content.storage),
    labels: labelsOf(db, 'content', content.id).map((label) => label.name),
    subtype: content.subtype,
    watchers: watchersOf(db, { cloudId: content.cloudId, kind: 'content', targetId: content.id }),
    pageStatus: stateOf(db, content.id, 'current')?.name ?? '',
    creator: content.authorId,
    contributors: [...new Set(versions.map((version) => version.authorId))],
    created: Date.parse(content.createdAt),
    modified: Date.parse(content.versionAt),
    parentId: content.parentId,
    ...without(factsOf(content.storage)),
  });
  return [own, ...commentDocuments(db, content, shared), ...attachmentDocuments(db, content, shared)];
}

function without({ macros, mentions }: { macros: string[]; mentions: string[] }) {
  return { macros, mentions };
}

type Shared = Pick<SearchDocument, 'cloudId' | 'contentId' | 'space' | 'ancestorIds'>;

function commentDocuments(db: Db, content: Content, shared: Shared): SearchDocument[] {
  return commentsOf(db, content.id).map((comment) => {
    const at = Date.parse(comment.createdAt);
    return withWords({
      ...shared,
      kind: 'comment',
      id: comment.id,
      title: `Re: ${content.title}`,
      text: plainText(comment.body),
      labels: [],
      subtype: null,
      creator: comment.authorId,
      contributors: [comment.authorId],
      created: at,
      modified: at,
      parentId: content.id,
      ...without(factsOf(comment.body)),
    });
  });
}

function attachmentDocuments(db: Db, content: Content, shared: Shared): SearchDocument[] {
  return attachmentsOf(db, content.id).map((file) => {
    const at = Date.parse(file.createdAt);
    return withWords({
      ...shared,
      kind: 'attachment',
      id: file.id,
      title: file.filename,
      text: file.comment,
      labels: labelsOf(db, 'content', file.id).map((label) => label.name),
      subtype: null,
      creator: file.authorId,
      contributors: [file.authorId],
      created: at,
      modified: at,
      parentId: content.id,
      macros: [],
      mentions: [],
    });
  });
}
