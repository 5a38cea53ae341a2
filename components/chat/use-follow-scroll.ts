'use client';

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

const nearEndPx = 48;

type Follow = {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  toEnd: () => void;
};

/** Keeps the newest text in view while the person is at the end, and leaves them alone when they are not. */
export function useFollowScroll(): Follow {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    following.current = true;
    setAtEnd(true);
    const box = scroller.current;
    if (box !== null) box.scrollTop = box.scrollHeight;
  }, []);

  useEffect(() => {
    const box = scroller.current;
    const inner = content.current;
    if (box === null || inner === null) return;
    let lastTop = box.scrollTop;
    const onScroll = () => {
      const near = box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPx;
      // Only a move upwards is the person's wish to read on their own; growing content is not.
      if (near) following.current = true;
      else if (box.scrollTop < lastTop) following.current = false;
      lastTop = box.scrollTop;
      setAtEnd(near || following.current);
    };
    const grown = new ResizeObserver(() => {
      if (following.current) box.scrollTop = box.scrollHeight;
    });
    grown.observe(inner);
    grown.observe(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    box.scrollTop = box.scrollHeight;
    return () => {
      grown.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }, []);

  return { scroller, content, atEnd, toEnd };
}
