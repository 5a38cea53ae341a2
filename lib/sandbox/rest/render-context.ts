import { attachmentsOf, findPerson, findSpace, findSpaceByKey, listContents } from '../db/index.ts';
import type { RenderContext } from '../render/html.ts';
import type { Content } from '../types.ts';
import type { Call } from './route.ts';

type Viewer = Pick<Call, 'db' | 'site' | 'access'>;

/** Finds what a body refers to, as far as the reader may see it; links are paths on this server. */
export function renderContext(viewer: Viewer, content: Pick<Content, 'id' | 'spaceId'>): RenderContext {
  const { db, site, access } = viewer;
  return {
    personName: (accountId) => findPerson(db, accountId)?.name,
    spaceUrl: (key) => {
      const space = findSpaceByKey(db, site.cloudId, key);
      return space && access.canViewSpace(space) ? `${site.path}/spaces/${space.key}` : undefined;
    },
    pageUrl: (title, key) => {
      const space = key ? findSpaceByKey(db, site.cloudId, key) : findSpace(db, content.spaceId);
      if (!space) return undefined;
      const [page] = listContents(db, {
        cloudId: site.cloudId,
        spaceIds: [space.id],
        statuses: ['current'],
        title,
      });
      return page && access.canView(page) ? `${site.path}/spaces/${space.key}/pages/${page.id}` : undefined;
    },
    attachmentUrl: (filename) =>
      attachmentsOf(db, content.id).some((file) => file.filename === filename)
        ? `${site.path}/download/attachments/${content.id}/${encodeURIComponent(filename)}`
        : undefined,
  };
}
