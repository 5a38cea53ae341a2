import type { Route } from '../rest/route.ts';
import { secret } from './site.fixture.ts';

const { pages, post, folder, whiteboard, database, embed, item } = secret;
const all = (nodes: readonly string[]) => [...nodes];
const files = pages.map((id) => `att${id}4`);
const remarks = [...pages.filter((id) => id !== secret.draft), post];
const content = [...pages, post, ...folder, ...whiteboard, ...database, ...embed];

/** What the placeholder after a segment of a path may stand for that is hidden. */
const hidden: Record<string, readonly string[]> = {
  pages,
  blogposts: [post],
  spaces: [secret.space],
  folders: all(folder),
  whiteboards: all(whiteboard),
  databases: all(database),
  embeds: all(embed),
  'custom-content': all(item),
  attachments: files,
  attachment: files,
  'footer-comments': remarks.flatMap((id) => [`${id}1`, `${id}2`]),
  'inline-comments': remarks.map((id) => `${id}3`),
  comments: remarks.map((id) => `${id}1`),
  content: [...content, ...files],
  space: [secret.key],
  template: [secret.template],
};

/** What the other placeholders are filled with. */
const plain: Record<string, string> = {
  versions: '1',
  version: '1',
  history: '0',
  byOperation: 'read',
  byGroupId: 'g-hr',
  move: 'append',
  append: '100200',
  label: 'x',
  permission: '1',
  id: 'm-200200',
};

/** What has a property, in the order of their ids. */
const holders = '200200 100310 200900 210100 210200 210300 210400 att2002004 2002001 230100 1008'.split(' ');
const propertyOf = (id: string) => String(1_500_000 + Math.max(0, holders.indexOf(id)));

/**
 * The addresses of a route that name something hidden, one for each thing; none where a route names nothing of the
 * kind. The second placeholder of a path is filled so that it fits the first.
 */
export function hiddenPaths(route: Route): string[] {
  const segments = route.path.split('/');
  const first = segments.findIndex((one, index) => one.startsWith('{') && hidden[segments[index - 1] ?? '']);
  if (first < 0) return [];
  return (hidden[segments[first - 1] ?? ''] ?? []).map((id) => {
    const filled = [...segments];
    filled.forEach((one, index) => {
      if (!one.startsWith('{')) return;
      const before = filled[index - 1] ?? '';
      if (index === first) filled[index] = id;
      else if (before === 'attachment') filled[index] = `att${id}4`;
      else filled[index] = before === 'properties' ? propertyOf(id) : (plain[before] ?? '1');
    });
    return filled.join('/');
  });
}
