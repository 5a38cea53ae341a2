import { randomUUID } from 'node:crypto';
import type { App } from '../app.ts';
import {
  attachLabel,
  attachmentBytes,
  attachmentsOf,
  customContentOfSite,
  insertAttachment,
  insertContent,
  insertProperty,
  insertRestriction,
  insertVersion,
  labelsOf,
  nextId,
  nextPosition,
  propertiesOf,
  putCustomContent,
  restrictionsOf,
} from '../db/index.ts';
import type { Content } from '../types.ts';

/** What of a page goes along with its text. */
export type CopyParts = {
  attachments: boolean;
  permissions: boolean;
  properties: boolean;
  labels: boolean;
  customContents: boolean;
};

export type CopyPlan = {
  /** The id the copy gets. */
  id: string;
  title: string;
  storage: string;
  spaceId: string;
  parentId: string | null;
  /** Account id of who copies. */
  by: string;
  parts: CopyParts;
};

/** Makes a copy of a page: version 1, without comments and history. Comments' markers in the text stay as they are. */
export function copyContent(app: App, source: Content, plan: CopyPlan): Content {
  const { db } = app;
  const { id, title, storage, spaceId, parentId, by, parts } = plan;
  const now = new Date().toISOString();
  const copy: Content = {
    ...source,
    id,
    title,
    storage,
    spaceId,
    parentId,
    position: nextPosition(db, spaceId, parentId),
    status: 'current',
    authorId: by,
    ownerId: by,
    createdAt: now,
    version: 1,
    versionBy: by,
    versionAt: now,
    versionMessage: '',
  };
  db.transaction(() => {
    insertContent(db, copy);
    insertVersion(db, {
      contentId: id,
      number: 1,
      title,
      storage,
      authorId: by,
      createdAt: now,
      message: '',
    });
    if (parts.attachments) copyFiles(app, source.id, id, by, now);
    if (parts.labels)
      for (const label of labelsOf(db, 'content', source.id)) attachLabel(db, label, 'content', id, now);
    if (parts.permissions)
      for (const row of restrictionsOf(db, source.id)) insertRestriction(db, { ...row, contentId: id });
    if (parts.properties)
      for (const property of propertiesOf(db, 'content', source.id))
        insertProperty(db, {
          ...property,
          id: nextId(db),
          targetId: id,
          version: 1,
          message: '',
          createdBy: by,
          createdAt: now,
          versionBy: by,
          versionAt: now,
        });
    if (parts.customContents) copyCustomContents(app, source, copy);
  })();
  app.index.changed(id);
  return copy;
}

function copyFiles(app: App, from: string, to: string, by: string, at: string): void {
  for (const file of attachmentsOf(app.db, from)) {
    const bytes = attachmentBytes(app.db, file.id);
    if (!bytes) continue;
    const { filename, mediaType, comment } = file;
    insertAttachment(
      app.db,
      {
        id: `att${nextId(app.db)}`,
        contentId: to,
        filename,
        mediaType,
        comment,
        authorId: by,
        createdAt: at,
        version: 1,
        fileId: randomUUID(),
      },
      bytes,
    );
  }
}

function copyCustomContents(app: App, from: Content, to: Content): void {
  const { authorId, createdAt, spaceId } = to;
  for (const one of customContentOfSite(app.db, from.cloudId).filter(
    (item) => item.containerType === 'page' && item.containerId === from.id,
  ))
    putCustomContent(app.db, {
      ...one,
      id: nextId(app.db),
      containerId: to.id,
      spaceId,
      authorId,
      createdAt,
      version: 1,
      versionBy: authorId,
      versionAt: createdAt,
      versionMessage: '',
    });
}
