'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, cx } from '#components/ui';

const tallestPx = 560;

/** Shows the first part of something tall, with a button for all of it. */
export function Clipped({ what, children }: { what: string; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const [tall, setTall] = useState(false);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const inner = ref.current;
    if (inner === null) return;
    const watch = new ResizeObserver(() => setTall(inner.scrollHeight > tallestPx + 80));
    watch.observe(inner);
    return () => watch.disconnect();
  }, []);
  const clipped = tall && !open;
  return (
    <div>
      <div
        className={cx(
          clipped && 'max-h-[35rem] overflow-hidden [mask-image:linear-gradient(#000_85%,transparent)]',
        )}
      >
        <div ref={ref}>{children}</div>
      </div>
      {tall ? (
        <Button
          size="small"
          look="quiet"
          className="mt-1 w-full"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Show less' : `Show the whole ${what}`}
        </Button>
      ) : null}
    </div>
  );
}
