import {
  Database,
  File,
  FileText,
  Folder,
  LayoutGrid,
  LayoutTemplate,
  Link2,
  type LucideIcon,
  MessageSquare,
  Newspaper,
  Paperclip,
  Puzzle,
  Shapes,
  Tag,
  Users,
} from 'lucide-react';
import type { ChangeTarget, ChangeView } from '#lib/wire';

type Kind = ChangeTarget['kind'];

/** What a person calls each kind of target, and its picture. `other` has no word: its title says what it is. */
export const targetKinds: Record<Kind, { word: string | null; Icon: LucideIcon }> = {
  page: { word: 'page', Icon: FileText },
  blog_post: { word: 'blog post', Icon: Newspaper },
  space: { word: 'space', Icon: LayoutGrid },
  group: { word: 'group', Icon: Users },
  comment: { word: 'comment', Icon: MessageSquare },
  attachment: { word: 'file', Icon: Paperclip },
  folder: { word: 'folder', Icon: Folder },
  whiteboard: { word: 'whiteboard', Icon: Shapes },
  database: { word: 'database', Icon: Database },
  smart_link: { word: 'Smart Link', Icon: Link2 },
  template: { word: 'template', Icon: LayoutTemplate },
  label: { word: 'label', Icon: Tag },
  custom_content: { word: 'app content', Icon: Puzzle },
  other: { word: null, Icon: File },
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/**
 * The target line in parts: what it is ("Page", "New folder"), its name where that adds something, and where it
 * lies. A thing that does not exist yet is only called new: the heading has its name.
 */
export function targetLine({ target, result }: Pick<ChangeView, 'target' | 'result'>): {
  what: string | null;
  name: string | null;
  place: string | null;
} {
  const { kind, title, space } = target;
  const { word } = targetKinds[kind];
  const isNew = target.id === null && target.url === null && result === null && word !== null;
  const said = word !== null && title.toLowerCase().startsWith(`${word.toLowerCase()} `);
  return {
    what: word === null || said ? null : isNew ? `New ${word}` : capital(word),
    name: isNew && !said ? null : title,
    place: space === null ? null : kind === 'space' ? `key ${space.key}` : `${space.name} (${space.key})`,
  };
}
