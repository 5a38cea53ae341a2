'use client';

import { PanelLeft, SquarePen } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useShell, useWaiting } from '#components/shell';
import { cx, IconButton } from '#components/ui';
import { Sidebar } from './sidebar.tsx';

/** Below this width the sidebar is a drawer; the same as the `md` breakpoint. */
const narrow = '(width < 54rem)';

/** Sidebar and page. On a narrow screen the sidebar slides over the page, which is out of reach meanwhile. */
export function Frame({ children }: { children: ReactNode }) {
  const { chats, sidebarOpen, savePreference } = useShell();
  const { count } = useWaiting();
  const [open, setOpen] = useState(sidebarOpen);
  const [drawer, setDrawer] = useState(false);
  const aside = useRef<HTMLElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  const path = usePathname();
  const router = useRouter();
  // A search may leave the chat itself out of the list.
  const titles = useRef(new Map<string, string>());
  for (const { id, title: named } of chats) titles.current.set(`/c/${id}`, named);
  const title = titles.current.get(path) ?? null;

  const isNarrow = () => window.matchMedia(narrow).matches;
  const show = () => {
    if (isNarrow()) setDrawer(true);
    else {
      setOpen(true);
      savePreference({ name: 'sidebar', value: 'open' });
    }
  };
  const hide = () => {
    if (isNarrow()) setDrawer(false);
    else {
      setOpen(false);
      savePreference({ name: 'sidebar', value: 'closed' });
    }
    setTimeout(() => toggle.current?.focus(), 0);
  };
  const closeDrawer = () => setDrawer(false);
  const newChat = () => {
    setDrawer(false);
    router.push('/');
  };

  useEffect(() => {
    if (!drawer) return;
    aside.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      setDrawer(false);
      toggle.current?.focus();
    };
    const media = window.matchMedia(narrow);
    const widened = () => setDrawer(false);
    document.addEventListener('keydown', onKey);
    media.addEventListener('change', widened);
    return () => {
      document.removeEventListener('keydown', onKey);
      media.removeEventListener('change', widened);
    };
  }, [drawer]);

  return (
    <div className="flex h-dvh overflow-hidden">
      <a
        href="#main"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-4 py-2 text-sm text-on-accent focus:translate-y-0"
      >
        Skip to the conversation
      </a>
      <aside
        ref={aside}
        tabIndex={-1}
        aria-label="Sidebar"
        className={cx(
          'z-40 w-[17rem] shrink-0 border-e border-line bg-rail outline-none max-md:fixed max-md:inset-y-0 max-md:left-0 max-md:w-[min(19rem,86vw)] max-md:transition-[translate,visibility] max-md:duration-200',
          drawer ? 'max-md:shadow-float' : 'max-md:invisible max-md:-translate-x-full',
          open ? 'md:block' : 'md:hidden',
        )}
      >
        <Sidebar onNewChat={newChat} onHide={hide} onOpen={closeDrawer} />
      </aside>
      {drawer ? (
        <button
          type="button"
          aria-label="Close the sidebar"
          onClick={closeDrawer}
          className="fixed inset-0 z-30 bg-shade md:hidden"
        />
      ) : null}
      <div inert={drawer} className="flex min-w-0 flex-1 flex-col">
        <header
          className={cx(
            'flex min-h-12 shrink-0 items-center gap-1.5 px-2',
            open && title === null && 'md:hidden',
          )}
        >
          <IconButton
            ref={toggle}
            label="Show sidebar"
            onClick={show}
            className={cx('relative', open && 'md:hidden')}
          >
            <PanelLeft aria-hidden className="size-4.5" />
            {count === 0 ? null : (
              <span aria-hidden className="absolute top-1.5 right-1.5 size-2 rounded-full bg-accent" />
            )}
          </IconButton>
          {title === null ? (
            <span className="flex-1" />
          ) : (
            <h1 dir="auto" className="text-left min-w-0 flex-1 truncate px-1.5 text-sm font-medium">
              {title}
            </h1>
          )}
          <IconButton label="New chat" onClick={newChat} className={cx(open && 'md:hidden')}>
            <SquarePen aria-hidden className="size-4.5" />
          </IconButton>
        </header>
        <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
          {children}
        </main>
      </div>
    </div>
  );
}
