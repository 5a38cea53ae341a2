'use client';

import { ArrowUp, Paperclip, Square } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { cx, IconButton, Spinner } from '#components/ui';
import { AttachmentChips } from './attachment-chips.tsx';
import type { Attachments } from './use-attachments.ts';

const tallestPx = 240;

type ComposerProps = {
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  onText: (text: string) => void;
  onSend: () => void;
  onStop: () => void;
  running: boolean;
  sending: boolean;
  stopping: boolean;
  files: Attachments;
};

/** Safari reports Enter that ends a composition with key code 229 and isComposing false. */
export function endsComposition(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

const round =
  'inline-flex size-10 shrink-0 items-center justify-center rounded-full transition-colors ' +
  'disabled:cursor-not-allowed disabled:opacity-45 md:size-9';

/** The message box. Stays editable while an answer streams; Enter sends, Shift+Enter breaks the line. */
export function Composer(props: ComposerProps) {
  const { box, text, onText, onSend, onStop, running, sending, stopping, files } = props;
  const picker = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const area = box.current;
    if (area === null) return;
    area.style.height = 'auto';
    area.style.height = text === '' ? '' : `${Math.min(area.scrollHeight, tallestPx)}px`;
  }, [box, text]);
  const hear = useRef(onText);
  // What was typed before the scripts were there: React keeps it in the box and does not report it.
  useEffect(() => {
    const typed = box.current?.value ?? '';
    if (typed !== '') hear.current(typed);
  }, [box]);
  const ready = text.trim() !== '' && !sending && !running && !files.busy && !files.failed;
  return (
    <form
      className="rounded-xl border border-line-strong bg-surface p-1.5 shadow-lift transition-colors focus-within:border-accent"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSend();
      }}
    >
      <AttachmentChips list={files.list} onRemove={(one) => files.remove([one])} />
      <div className="flex items-end gap-1.5">
        <input
          ref={picker}
          type="file"
          multiple
          tabIndex={-1}
          aria-hidden
          className="hidden"
          onChange={(event) => {
            files.add(event.currentTarget.files ?? []);
            // So that the same file can be chosen once more.
            event.currentTarget.value = '';
          }}
        />
        <IconButton
          label="Attach files"
          className="rounded-full md:size-9"
          onClick={() => picker.current?.click()}
        >
          <Paperclip aria-hidden className="size-4.5" />
        </IconButton>
        <textarea
          ref={box}
          aria-label="Message"
          dir="auto"
          placeholder="Ask, or say what to change"
          rows={1}
          value={text}
          enterKeyHint="send"
          maxLength={100_000}
          onChange={(event) => onText(event.currentTarget.value)}
          onPaste={(event) => {
            const { files: pasted, types } = event.clipboardData;
            // A table or text of an office program brings a picture of itself along: the words are meant.
            const isText = types.includes('text/html') && types.includes('text/plain');
            if (pasted.length === 0 || isText) return;
            event.preventDefault();
            files.add(pasted);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || endsComposition(event)) return;
            event.preventDefault();
            if (ready) onSend();
          }}
          className="max-h-60 min-h-10 flex-1 resize-none bg-transparent px-2.5 py-2 outline-none pointer-coarse:text-[1rem] md:min-h-9 md:py-1.5"
        />
        {running ? (
          <button
            type="button"
            aria-label="Stop"
            title="Stop (Esc)"
            disabled={stopping}
            onClick={onStop}
            className={cx(round, 'bg-ink text-ground')}
          >
            <Square aria-hidden className="size-3.5 fill-current" />
          </button>
        ) : (
          <button
            type="submit"
            aria-label="Send"
            title="Send (Enter)"
            disabled={!ready}
            className={cx(round, 'bg-accent text-on-accent hover:bg-accent-strong')}
          >
            {sending ? <Spinner /> : <ArrowUp aria-hidden className="size-4.5" />}
          </button>
        )}
      </div>
    </form>
  );
}
