'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { IconButton } from '#components/ui';
import type { Message } from '#lib/wire';
import { useChatTools } from './chat-context.tsx';

/** Where the arrow last pressed leads: the message that comes takes the focus over, on the same arrow. */
let pressed: { parent: string | null; label: string } | null = null;

/** The way between the versions of a message, where there are several: `2 / 3`. */
export function BranchArrows({ message, what }: { message: Message; what: 'question' | 'answer' }) {
  const { tree } = useChatTools();
  const { siblings, id, parentId } = message;
  const row = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (pressed === null || pressed.parent !== parentId) return;
    const buttons = [...(row.current?.querySelectorAll('button') ?? [])];
    const same = buttons.find((button) => button.ariaLabel === pressed?.label && !button.disabled);
    (same ?? buttons.find((button) => !button.disabled))?.focus();
    pressed = null;
  }, [parentId]);
  const at = siblings.indexOf(id);
  if (siblings.length < 2 || at < 0) return null;
  const to = (index: number) => siblings[index];
  const arrow = (index: number, label: string, Icon: typeof ChevronLeft) => {
    const target = to(index);
    return (
      <IconButton
        label={label}
        className="size-9 md:size-7"
        disabled={tree === null || target === undefined}
        onClick={() => {
          if (target === undefined) return;
          pressed = { parent: parentId, label };
          tree?.onShow(target);
        }}
      >
        <Icon aria-hidden className="size-4" />
      </IconButton>
    );
  };
  return (
    <span
      ref={row}
      className="inline-flex shrink-0 items-center text-xs whitespace-nowrap text-muted tabular-nums"
    >
      {arrow(at - 1, `Earlier ${what}`, ChevronLeft)}
      <span>
        <span className="sr-only">{what === 'question' ? 'Question' : 'Answer'} </span>
        {at + 1} / {siblings.length}
      </span>
      {arrow(at + 1, `Later ${what}`, ChevronRight)}
    </span>
  );
}
