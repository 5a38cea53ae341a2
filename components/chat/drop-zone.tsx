'use client';

import { Paperclip } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Hears files being dragged over an element and dropped on it. Returns how to stop. */
function hearFiles(
  element: HTMLElement,
  onOver: (over: boolean) => void,
  onFiles: (files: FileList) => void,
): () => void {
  // Entering a child leaves its parent: only when all are left has the pointer gone.
  let depth = 0;
  const move = (event: DragEvent, by: number) => {
    depth = Math.max(0, depth + by);
    event.preventDefault();
    onOver(depth > 0);
  };
  const ended = new AbortController();
  const hear = (type: 'dragenter' | 'dragleave' | 'dragover' | 'drop', act: (event: DragEvent) => void) =>
    element.addEventListener(
      type,
      (event) => {
        if (event.dataTransfer?.types.includes('Files')) act(event);
      },
      { signal: ended.signal },
    );
  hear('dragenter', (event) => move(event, 1));
  hear('dragleave', (event) => move(event, -1));
  hear('dragover', (event) => event.preventDefault());
  hear('drop', (event) => {
    move(event, -depth);
    if (event.dataTransfer !== null) onFiles(event.dataTransfer.files);
  });
  return () => ended.abort();
}

/** Takes files that are dropped anywhere on the chat. */
export function DropZone({ onFiles, children }: { onFiles: (files: FileList) => void; children: ReactNode }) {
  const [over, setOver] = useState(false);
  const zone = useRef<HTMLDivElement>(null);
  useEffect(() => (zone.current === null ? undefined : hearFiles(zone.current, setOver, onFiles)), [onFiles]);
  return (
    <div ref={zone} className="relative flex min-h-0 flex-1 flex-col">
      {children}
      {over ? (
        <div className="pointer-events-none absolute inset-2 z-20 flex items-center justify-center rounded-xl border-2 border-dashed border-accent bg-accent-soft/90">
          <p className="flex items-center gap-2 font-medium text-accent">
            <Paperclip aria-hidden className="size-5" />
            Drop to attach to your message
          </p>
        </div>
      ) : null}
    </div>
  );
}
