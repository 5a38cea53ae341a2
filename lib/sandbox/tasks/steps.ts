import type { App } from '../app.ts';
import {
  childrenOf,
  deleteDraft,
  findContentAnywhere,
  findSpace,
  nextPosition,
  updateContent,
} from '../db/index.ts';
import { type CopyParts, copyContent } from '../rest/copy.ts';
import { removeSpace } from '../rest/space-writes.ts';
import { refuseTitleClash, subtree } from '../rest/writes.ts';

/** One piece of a long task's work. */
export type Step =
  | { do: 'archive'; id: string }
  | { do: 'trash'; id: string }
  | { do: 'delete_space'; id: string }
  | {
      do: 'copy';
      from: string;
      to: string;
      title: string;
      spaceId: string;
      parentId: string;
      by: string;
      parts: CopyParts;
    };

/** A step that could not be done; the words go among the errors of the task. */
export class StepFailed extends Error {}

type Work = { [K in Step['do']]: (app: App, step: Extract<Step, { do: K }>) => void };

const work: Work = {
  archive(app, { id }) {
    const page = findContentAnywhere(app.db, id);
    if (page?.status !== 'current') throw new StepFailed(`The page ${id} is not there any more.`);
    const below = subtree(app, id);
    updateContent(app.db, { ...page, status: 'archived' });
    deleteDraft(app.db, id);
    // What is not archived with its parent moves up to where the parent stood.
    for (const child of childrenOf(app.db, id).filter((one) => one.status === 'current'))
      updateContent(app.db, {
        ...child,
        parentId: page.parentId,
        position: nextPosition(app.db, page.spaceId, page.parentId),
      });
    for (const one of [page, ...below]) app.index.changed(one.id);
  },
  trash(app, { id }) {
    const page = findContentAnywhere(app.db, id);
    if (page?.status !== 'current') return;
    updateContent(app.db, { ...page, status: 'trashed' });
    deleteDraft(app.db, id);
    app.index.changed(id);
  },
  delete_space(app, { id }) {
    const space = findSpace(app.db, id);
    if (space) removeSpace(app, space);
  },
  copy(app, { from, to, title, spaceId, parentId, by, parts }) {
    const source = findContentAnywhere(app.db, from);
    if (!source || !findContentAnywhere(app.db, parentId))
      throw new StepFailed(`Could not copy the page ${from}: it, or its new parent, is gone.`);
    refuseTitleClash(app, { ...source, id: to, spaceId }, title);
    copyContent(app, source, { id: to, title, storage: source.storage, spaceId, parentId, by, parts });
  },
};

/** Does one step. @throws StepFailed or a Problem where it cannot be done. */
export function doStep(app: App, step: Step): void {
  (work[step.do] as (app: App, step: Step) => void)(app, step);
}
