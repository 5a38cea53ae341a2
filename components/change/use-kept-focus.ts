'use client';

import { type RefObject, useCallback, useEffect, useRef } from 'react';

/**
 * Keeps the keyboard in a card whose buttons come and go: where the focused one has vanished or been switched
 * off after `state` changed, the card itself takes the focus. Gives a function for changes that are not in `state`.
 */
export function useKeptFocus(ref: RefObject<HTMLElement | null>, state: string): () => void {
  const inside = useRef(false);
  useEffect(() => {
    const card = ref.current;
    if (card === null) return;
    const came = () => {
      inside.current = true;
    };
    // A focused element that vanishes sends no event with a new target; one the person left does.
    const left = (event: FocusEvent) => {
      if (event.relatedTarget instanceof Node && !card.contains(event.relatedTarget)) inside.current = false;
    };
    const clicked = (event: PointerEvent) => {
      if (event.target instanceof Node && !card.contains(event.target)) inside.current = false;
    };
    card.addEventListener('focusin', came);
    card.addEventListener('focusout', left);
    document.addEventListener('pointerdown', clicked);
    return () => {
      card.removeEventListener('focusin', came);
      card.removeEventListener('focusout', left);
      document.removeEventListener('pointerdown', clicked);
    };
  }, [ref]);
  const take = useCallback(() => {
    requestAnimationFrame(() => {
      if (inside.current && document.activeElement === document.body)
        ref.current?.focus({ preventScroll: true });
    });
  }, [ref]);
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    take();
  }, [state, take]);
  return take;
}
