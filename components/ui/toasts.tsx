'use client';

import { X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { Button, IconButton } from './button.tsx';

export type Toast = { text: string; action?: { label: string; run: () => void } };
type Shown = Toast & { id: number };

const ToastContext = createContext<(toast: Toast) => void>(() => {});

const secondsShown = 8;

/** Shows a short message at the foot of the page; for what happened in the background only. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}

/** Holds the messages of `useToast`. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([]);
  const next = useRef(1);
  const close = useCallback((id: number) => setShown((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (toast: Toast) => {
      const id = next.current++;
      setShown((all) => [...all.slice(-2), { ...toast, id }]);
      setTimeout(() => close(id), secondsShown * 1000);
    },
    [close],
  );
  const items = useMemo(
    () => shown.map((toast) => <ToastBox key={toast.id} toast={toast} close={() => close(toast.id)} />),
    [shown, close],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-24 z-50 flex flex-col items-center gap-2 px-4"
      >
        {items}
      </div>
    </ToastContext>
  );
}

function ToastBox({ toast, close }: { toast: Shown; close: () => void }) {
  const { action } = toast;
  return (
    <div className="appear pointer-events-auto flex max-w-full items-center gap-2 rounded-md border border-line bg-surface py-1 pr-1 pl-4 text-sm shadow-float">
      <span className="min-w-0 py-1.5 [overflow-wrap:anywhere]">{toast.text}</span>
      {action === undefined ? null : (
        <Button
          look="quiet"
          size="small"
          className="text-accent"
          onClick={() => {
            action.run();
            close();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Dismiss" onClick={close}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}
