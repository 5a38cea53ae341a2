'use client';

import { type RefObject, useEffect, useRef } from 'react';

/** True while the person is in the middle of writing something. */
function isTyping(): boolean {
  const at = document.activeElement;
  if (at instanceof HTMLTextAreaElement || at instanceof HTMLInputElement) return at.value !== '';
  return at instanceof HTMLElement && at.isContentEditable;
}

/** Moves the focus to an element once, when it appears as `wanted`, unless the person is typing. */
export function useTakeFocus<E extends HTMLElement>(wanted: boolean): RefObject<E | null> {
  const ref = useRef<E>(null);
  const asked = useRef(wanted);
  useEffect(() => {
    if (asked.current && !isTyping()) ref.current?.focus({ preventScroll: true });
  }, []);
  return ref;
}
