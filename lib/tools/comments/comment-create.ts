import type { z } from 'zod';
import { createFooterComment, createInlineComment } from '#lib/confluence';
import { diffStorage } from '#lib/content';
import type { ChangeTarget, ChangeWarning, FieldDiff } from '#lib/wire';
import type { Context } from '../operation.ts';
import { defineStateWrite, type PlannedWrite, type Sent, type State, undoBy } from '../state-write.ts';
import type { BodyFormat, CommentBody } from './comment-body.ts';
import { bodyAsCompared } from './comment-check.ts';
import { findMade, stateOf, type Wanted } from './comment-state.ts';
import { commentAt } from './comment-target.ts';
import type { CommentKind } from './comment-view.ts';
import { deleteComment } from './delete-comment.ts';

/** Where a new comment goes, in Confluence's own names: exactly one of them. */
export type Onto = Partial<
  Record<'pageId' | 'blogPostId' | 'attachmentId' | 'customContentId' | 'parentCommentId', string>
>;

/** What the text is that an inline comment marks; its place is counted from 0. */
export type Selection = {
  textSelection: string;
  textSelectionMatchCount: number;
  textSelectionMatchIndex: number;
};

/** Exactly what is sent, and how it is found again. */
export type CreateRequest = {
  kind: CommentKind;
  onto: Onto;
  selection: Selection | null;
  body: { representation: CommentBody['representation']; value: string };
  wanted: Wanted;
};

/** What one way of commenting has worked out; the rest is the same for all. */
export type NewComment = {
  title: string;
  target: ChangeTarget;
  input: Record<string, unknown>;
  kind: CommentKind;
  onto: Onto;
  selection?: Selection;
  among: Wanted['among'];
  /** What must still be so when it is sent; null: nothing. */
  before: State;
  fields: FieldDiff[];
  body: CommentBody;
  warnings?: ChangeWarning[];
};

type Input = z.ZodObject<
  { body: z.ZodString; body_format: z.ZodOptional<z.ZodEnum> } & z.core.$ZodLooseShape
>;

function planned(o: NewComment): PlannedWrite<CreateRequest> {
  const { body } = o;
  return {
    title: o.title,
    target: o.target,
    input: o.input,
    request: {
      kind: o.kind,
      onto: o.onto,
      selection: o.selection ?? null,
      body: { representation: body.representation, value: body.value },
      wanted: {
        kind: o.kind,
        among: o.among,
        markdown: body.markdown,
        since: new Date().toISOString(),
      },
    },
    before: o.before,
    after: { exists: true, replies: [], body: body.value },
    diff: {
      fields: o.fields,
      body: body.storage === null ? null : diffStorage('', body.storage),
    },
    warnings: [
      ...(o.warnings ?? []),
      ...(body.storage === null
        ? [
            {
              code: 'note',
              message: 'The body is ADF, which only Confluence converts: it is shown here by its JSON alone.',
              mustConfirm: false,
            },
          ]
        : []),
    ],
    editable:
      body.markdown === null || (o.input.body_format ?? 'markdown') !== 'markdown'
        ? null
        : { label: 'Comment', text: String(o.input.body) },
    undo: { possible: true },
  };
}

async function send(ctx: Context, request: CreateRequest): Promise<Sent> {
  const { onto, body } = request;
  const made =
    request.kind === 'footer'
      ? await createFooterComment(ctx.confluence, { ...onto, body })
      : await createInlineComment(ctx.confluence, {
          ...onto,
          body,
          ...(request.selection === null ? {} : { inlineCommentProperties: request.selection }),
        });
  const webui = (made?._links as { webui?: unknown } | null | undefined)?.webui;
  return sent(String(made?.id), typeof webui === 'string' ? ctx.confluence.webUrl(webui) : null);
}

function sent(id: string, url: string | null): Sent {
  return { targetId: id, version: 1, ...(url === null ? {} : { url }), receipt: { id } };
}

/**
 * A write that makes a comment. `work` works one way of commenting out; `now` reads what the proposal took for
 * granted (the parent's text, the words to mark). Taken back by deleting the comment, shown again first when
 * somebody has answered it.
 */
export function defineCommentCreate<I extends Input>(definition: {
  name: string;
  input: I;
  work(ctx: Context, input: z.output<I>): Promise<NewComment>;
  now?(ctx: Context, request: CreateRequest): Promise<State>;
}) {
  const { input } = definition;
  return defineStateWrite<I, CreateRequest>({
    name: definition.name,
    input,
    plan: async (ctx, o) => planned(await definition.work(ctx, o)),
    async read(ctx, request, made) {
      if (made === null) return definition.now?.(ctx, request) ?? null;
      const comment = await commentAt(ctx, request.kind, made);
      if (comment === null) return null;
      return {
        ...(await stateOf(ctx, comment)),
        body: await bodyAsCompared(ctx, comment, request.body),
      };
    },
    send,
    async found(ctx, request) {
      const comment = await findMade(ctx, request.wanted);
      if (comment === null) return null;
      if (comment === 'unclear')
        return { unclear: 'There are more new comments than can be looked through: look for it there.' };
      // Of ADF it is not known how it reads, so it may be another comment of the same person.
      if (request.wanted.markdown === null)
        return {
          unclear: `You have written a comment there since (${comment.url ?? comment.id}): "${comment.markdown.slice(0, 200)}".`,
        };
      return sent(comment.id, comment.url);
    },
    async edit(ctx, proposal, text) {
      return planned(await definition.work(ctx, input.parse({ ...proposal.input, body: text })));
    },
    async inverse(ctx, { request, proposal, outcome }) {
      const id = String(outcome.targetId);
      if ((await commentAt(ctx, request.kind, id)) === null)
        return { impossible: 'The comment is not there any more.' };
      return undoBy(ctx, deleteComment, { comment_id: id, kind: request.kind }, proposal);
    },
    done: 'The comment was read back and is as approved.',
  });
}

/** The parts of an input that every comment has, for `proposal.input`. */
export function bodyInput(o: { body: string; body_format?: BodyFormat | undefined }): {
  body: string;
  body_format?: BodyFormat;
} {
  return { body: o.body, ...(o.body_format === undefined ? {} : { body_format: o.body_format }) };
}
