import { attachmentVersionsOf } from '../db/index.ts';
import type { Call } from '../rest/route.ts';
import type { Attachment, Comment, Content } from '../types.ts';
import { type BodyFormat, bodyJson, versionJson, webuiOf } from './shapes.ts';

/** Live sites describe the types they know and answer null for the others. */
const mediaTypeNames: Record<string, string> = {
  'application/pdf': 'PDF Document',
  'application/zip': 'Zip Archive',
  'image/gif': 'GIF Image',
  'image/jpeg': 'JPEG Image',
  'image/png': 'PNG Image',
  'image/svg+xml': 'SVG Image',
  'text/csv': 'CSV File',
  'text/plain': 'Text File',
};

/** An attachment as lists show it. */
export function attachmentJson(call: Call, file: Attachment, content: Content): Record<string, unknown> {
  const download = `/download/attachments/${content.id}/${encodeURIComponent(file.filename)}?version=${file.version}`;
  const webui = `${webuiOf(call, content)}?preview=%2F${content.id}%2F${file.id}`;
  const first = attachmentVersionsOf(call.db, file).at(-1);
  return {
    id: file.id,
    status: file.status,
    title: file.filename,
    createdAt: first?.createdAt ?? file.createdAt,
    ...(content.type === 'page' ? { pageId: content.id } : { blogPostId: content.id }),
    mediaType: file.mediaType,
    mediaTypeDescription: mediaTypeNames[file.mediaType] ?? null,
    comment: file.comment,
    fileId: file.fileId,
    fileSize: file.size,
    webuiLink: webui,
    downloadLink: download,
    version: {
      ...versionJson({
        number: file.version,
        authorId: file.authorId,
        createdAt: file.createdAt,
        message: file.comment,
      }),
      minorEdit: file.minorEdit === 1,
    },
    _links: { webui, download },
  };
}

/** A comment; replies name their parent comment, the others their page or post. */
export function commentJson(
  call: Call,
  comment: Comment,
  content: Content,
  format: BodyFormat | undefined,
): Record<string, unknown> {
  const { id, version, attachmentId } = comment;
  const onPage = content.type === 'page' ? { pageId: content.id } : { blogPostId: content.id };
  const holder = attachmentId === null ? onPage : { attachmentId };
  return {
    id,
    status: 'current',
    title: `Re: ${content.title}`,
    ...(comment.parentId ? { parentCommentId: comment.parentId } : holder),
    version: versionJson({
      number: version,
      authorId: comment.versionBy,
      createdAt: comment.versionAt,
      message: comment.versionMessage,
    }),
    body: bodyJson(call, content, comment.body, format),
    ...(comment.kind === 'inline' ? inlineParts(comment) : {}),
    _links: { webui: `${webuiOf(call, content)}?focusedCommentId=${id}` },
  };
}

function inlineParts(comment: Comment): Record<string, unknown> {
  return {
    resolutionStatus: comment.resolution,
    properties: {
      ...(comment.markerRef ? { inlineMarkerRef: comment.markerRef } : {}),
      ...(comment.selection ? { inlineOriginalSelection: comment.selection } : {}),
    },
  };
}
