'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Holds something that may be wider than the page. Where it is, the keyboard can reach and scroll it too. */
export function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const box = ref.current;
    if (box === null) return;
    const watch = new ResizeObserver(() => setWide(box.scrollWidth > box.clientWidth + 1));
    watch.observe(box);
    for (const child of box.children) watch.observe(child);
    return () => watch.disconnect();
  }, []);
  const reach = wide ? { tabIndex: 0, role: 'region', 'aria-label': label } : {};
  return (
    <div ref={ref} {...reach} className="max-w-full overflow-x-auto rounded-sm">
      {children}
    </div>
  );
}
