/** Makers of pages, comments, files and views: they fill in ids, authors and dates that a page need not spell out. */
import { mediaTypeOf } from './files.ts';
import { numericId, pick } from './ids.ts';
import { prose } from './prose.ts';
import { REMARKS } from './remarks.ts';
import { markRef, settle } from './storage.ts';
import type { DemoAttachment, DemoBlogPost, DemoComment, DemoPage, DemoVersion } from './types.ts';

type Body = string | string[];

/** A comment before it has its ids: `text` is in the dialect of `prose.ts`. */
export type CommentInput = {
  by: string;
  at: number;
  text: string;
  resolved?: boolean;
  /** For an inline comment: the name given to `mark`, and the words it is anchored to. */
  on?: [name: string, text: string];
  replies?: { by: string; at: number; text: string }[];
};

export type FileInput = {
  name: string;
  content: string | Uint8Array;
  by?: string;
  at?: number;
  comment?: string;
};

/** An older version: what differs from the current one. */
export type OldVersion = { body: Body; by: string; at: number; message?: string; title?: string };

export type PageInput = {
  id?: string;
  title: string;
  by: string;
  /** Days ago of the current version. */
  at: number;
  body: Body;
  message?: string;
  /** Older versions, oldest first. */
  history?: OldVersion[];
  /** Written in the old editor: no local ids. */
  classic?: boolean;
  status?: DemoPage['status'];
  labels?: string[];
  comments?: CommentInput[];
  files?: FileInput[];
  read?: DemoPage['readRestriction'];
  update?: DemoPage['updateRestriction'];
  /** Views in a usual week, and how many days ago the last one was. Absent: a few, up to now. */
  perWeek?: number;
  lastView?: number;
  children?: DemoPage[];
};

const joined = (body: Body) => (typeof body === 'string' ? body : body.join(''));

function comments(pageId: string, inputs: CommentInput[]): DemoComment[] {
  return inputs.map((input, index) => {
    const id = numericId(`comment ${pageId} ${index}`);
    return {
      id,
      author: input.by,
      at: input.at,
      body: settle(id, prose(input.text)),
      ...(input.resolved ? { resolved: true } : {}),
      ...(input.on ? { inline: { ref: markRef(input.on[0]), text: input.on[1] } } : {}),
      replies: (input.replies ?? []).map((reply, place) => {
        const replyId = numericId(`reply ${id} ${place}`);
        return { id: replyId, author: reply.by, at: reply.at, body: settle(replyId, prose(reply.text)) };
      }),
    };
  });
}

function files(pageId: string, inputs: FileInput[], by: string, at: number): DemoAttachment[] {
  return inputs.map((input) => ({
    id: `att${numericId(`file ${pageId} ${input.name}`)}`,
    filename: input.name,
    mediaType: mediaTypeOf(input.name),
    author: input.by ?? by,
    at: input.at ?? at,
    ...(input.comment ? { comment: input.comment } : {}),
    content: input.content,
  }));
}

/** Views by week, over at most a year, between the day the page was made and its last view. */
function views(id: string, from: number, perWeek: number, lastView: number): DemoPage['views'] {
  const days: NonNullable<DemoPage['views']> = [];
  const oldest = Math.min(from, 364);
  const step = perWeek >= 20 ? 3.5 : 7;
  const start = lastView + 0.3 + (lastView > 0 ? 0 : pick(`first view ${id}`, 10) / 10);
  for (let at = start; at <= oldest; at += step) {
    const swing = 60 + pick(`views ${id} ${at}`, 90);
    const count = Math.round((perWeek * (step / 7) * swing) / 100);
    if (count > 0) days.push({ at, count, distinct: Math.max(1, Math.round(count * 0.6)) });
  }
  return days;
}

export type MakePage = (input: PageInput) => DemoPage;

/** A maker of pages of one space. Ids follow from space and title unless given. */
export function pageMaker(spaceKey: string): MakePage {
  return (input) => {
    const id = input.id ?? numericId(`page ${spaceKey} ${input.title}`);
    const body = (value: Body) => settle(id, joined(value), input.classic);
    const versions: DemoVersion[] = (input.history ?? []).map((old) => ({
      storage: body(old.body),
      author: old.by,
      at: old.at,
      ...(old.message ? { message: old.message } : {}),
      ...(old.title ? { title: old.title } : {}),
    }));
    versions.push({
      storage: body(input.body),
      author: input.by,
      at: input.at,
      ...(input.message ? { message: input.message } : {}),
    });
    const created = versions[0]?.at ?? input.at;
    const perWeek = input.perWeek ?? (input.status === 'draft' ? 0 : 1 + pick(`popularity ${id}`, 7));
    return {
      id,
      title: input.title,
      ...(input.status ? { status: input.status } : {}),
      versions,
      labels: input.labels ?? [],
      comments: comments(id, [...(input.comments ?? []), ...(REMARKS[`${spaceKey}/${input.title}`] ?? [])]),
      attachments: files(id, input.files ?? [], versions[0]?.author ?? input.by, created),
      ...(input.read ? { readRestriction: input.read } : {}),
      ...(input.update ? { updateRestriction: input.update } : {}),
      views: perWeek > 0 ? views(id, created, perWeek, input.lastView ?? 0) : [],
      children: input.children ?? [],
    };
  };
}

/** A maker of blog posts of one space. */
export function postMaker(spaceKey: string): (input: Omit<PageInput, 'children'>) => DemoBlogPost {
  const make = pageMaker(`${spaceKey} blog`);
  return (input) => {
    const { children: _none, ...post } = make(input);
    return post;
  };
}
