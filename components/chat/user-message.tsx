'use client';

import { Paperclip, Pencil } from 'lucide-react';
import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react';
import { Button, CopyButton, cx, IconButton } from '#components/ui';
import type { Message } from '#lib/wire';
import { BranchArrows } from './branch-arrows.tsx';
import { useChatTools } from './chat-context.tsx';
import { endsComposition } from './composer.tsx';
import { fileSize } from './file-size.ts';

const textOf = (message: Message): string =>
  message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');

/** The files of a message, with what of them is read. */
function AttachedFiles({ message }: { message: Message }) {
  const files = message.parts.filter((part) => part.type === 'file');
  if (files.length === 0) return null;
  return (
    <ul aria-label="Attached files" className="mt-2 space-y-1 border-t border-line pt-2 text-sm">
      {files.map(({ fileId, name, size, note }) => (
        <li key={fileId} className="flex gap-2">
          <Paperclip aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
          <span className="min-w-0">
            <a
              href={`/api/files/${fileId}`}
              download
              className="underline decoration-line-strong underline-offset-2"
            >
              <bdi>{name}</bdi>
            </a>{' '}
            <span className="text-xs text-muted">{fileSize(size)}</span>
            {note === null ? null : <span className="block text-xs text-muted">{note}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

type EditProps = {
  /** As it was asked. */
  text: string;
  draft: string;
  onDraft: (draft: string) => void;
  /** Null while nothing can be asked. */
  onSend: (() => Promise<boolean>) | null;
  onCancel: () => void;
};

/** The question in a box, to be asked in other words. */
function EditQuestion({ text, draft, onDraft, onSend, onCancel }: EditProps) {
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  // The person has just asked for this box.
  useEffect(() => box.current?.focus(), []);
  const ready = draft.trim() !== '' && draft.trim() !== text.trim() && !busy && onSend !== null;
  const send = async () => {
    if (onSend === null) return;
    setBusy(true);
    if (!(await onSend())) setBusy(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !endsComposition(event)) {
      event.stopPropagation();
      onCancel();
    }
    if (event.key !== 'Enter' || event.shiftKey || endsComposition(event)) return;
    event.preventDefault();
    if (ready) void send();
  };
  return (
    <form
      className="w-full rounded-xl border border-accent bg-surface p-3 shadow-lift"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void send();
      }}
    >
      <textarea
        ref={box}
        aria-label="Edit the question"
        dir="auto"
        rows={Math.min(8, draft.split('\n').length + 1)}
        value={draft}
        maxLength={100_000}
        onChange={(event) => onDraft(event.currentTarget.value)}
        onKeyDown={onKey}
        className="w-full resize-none bg-transparent outline-none pointer-coarse:text-[1rem]"
      />
      <div className="mt-2 flex flex-wrap items-center justify-end gap-2">
        <p className="min-w-0 flex-1 basis-40 text-xs text-muted">
          It is answered anew. What followed stays, one arrow away.
        </p>
        <Button size="small" look="quiet" disabled={busy} onClick={onCancel}>
          Cancel
        </Button>
        <Button size="small" look="primary" type="submit" busy={busy} disabled={!ready}>
          Ask
        </Button>
      </div>
    </form>
  );
}

/** A person's message; it can be asked in other words, and its versions leafed through. */
export const UserMessage = memo(function UserMessage({ message }: { message: Message }) {
  const { tree } = useChatTools();
  // Kept here, so that nothing typed is lost while an answer runs or when sending fails.
  const [draft, setDraft] = useState<string | null>(null);
  const pencil = useRef<HTMLButtonElement>(null);
  const text = textOf(message);
  const cancel = () => {
    setDraft(null);
    setTimeout(() => pencil.current?.focus(), 0);
  };
  if (draft !== null) {
    return (
      <div className="pt-6">
        <EditQuestion
          text={text}
          draft={draft}
          onDraft={setDraft}
          onSend={
            tree === null
              ? null
              : async () => {
                  const sent = await tree.onEdit(message, draft);
                  if (sent) setDraft(null);
                  return sent;
                }
          }
          onCancel={cancel}
        />
      </div>
    );
  }
  return (
    <div className="group/question flex flex-col items-end pt-6">
      <div className="max-w-[85%] rounded-xl rounded-ee-sm bg-bubble px-4 py-2.5 whitespace-pre-wrap [overflow-wrap:anywhere]">
        <span className="sr-only">You said: </span>
        <p dir="auto">{text}</p>
        <AttachedFiles message={message} />
      </div>
      <div
        className={cx(
          'flex min-h-8 items-center',
          message.siblings.length < 2 &&
            'opacity-0 transition-opacity group-focus-within/question:opacity-100 group-hover/question:opacity-100 pointer-coarse:opacity-100',
        )}
      >
        <CopyButton label="Copy question" text={text} />
        <IconButton
          ref={pencil}
          label="Edit question"
          disabled={tree === null}
          onClick={() => setDraft(text)}
        >
          <Pencil aria-hidden className="size-4" />
        </IconButton>
        <BranchArrows message={message} what="question" />
      </div>
    </div>
  );
});
