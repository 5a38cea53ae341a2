'use client';

import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { request } from '#components/http';
import type { ChatSummary, ConnectionView, Mode } from '#lib/wire';

export type ShellUser = { id: string; name: string; email: string; role: 'admin' | 'member' };

export type ShellData = {
  user: ShellUser;
  mode: Mode;
  /** Where the practice Confluence can be looked at; null outside sandbox mode. */
  sandboxUrl: string | null;
  connection: ConnectionView | null;
  chats: readonly ChatSummary[];
  /** Chats of one page of the list: a full page may have another one after it. */
  chatsPerPage: number;
  sidebarOpen: boolean;
  theme: Theme;
};

export type Theme = 'system' | 'light' | 'dark';
export type Preference = { name: 'theme'; value: Theme } | { name: 'sidebar'; value: 'open' | 'closed' };

type Shell = ShellData & {
  /** The search words of the chat list. */
  query: string;
  setQuery: (query: string) => void;
  setChats: (update: (chats: readonly ChatSummary[]) => readonly ChatSummary[]) => void;
  /** Older chats than those of the list can be had. */
  moreChats: boolean;
  showMoreChats: () => void;
  /** Reads the chat list again; failures leave it as it is. */
  refreshChats: () => void;
  refreshConnection: () => void;
  setConnection: (connection: ConnectionView | null) => void;
  setTheme: (theme: Theme) => void;
  /** Keeps a choice in a cookie, so that the server draws the page with it. */
  savePreference: (preference: Preference) => void;
};

const ShellContext = createContext<Shell | null>(null);

/** What all pages inside the frame share. Throws outside of it. */
export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === null) throw new Error('useShell stands outside ShellProvider');
  return shell;
}

/** Keeps a choice in a cookie. It holds for this page even if that fails; only the next one forgets it. */
function savePreference(preference: Preference): void {
  request('POST', '/preferences', preference).catch(() => undefined);
}

/** Holds the person, the mode, the connection and the chat list for the pages inside the frame. */
export function ShellProvider({ data, children }: { data: ShellData; children: ReactNode }) {
  const [theme, setThemeState] = useState(data.theme);
  const [chats, setChats] = useState(data.chats);
  const [connection, setConnection] = useState(data.connection);
  const [query, setQueryText] = useState('');

  const asked = useRef(0);
  const [pages, setPages] = useState(1);
  const limit = pages * data.chatsPerPage;
  const setQuery = useCallback((next: string) => {
    setQueryText(next);
    setPages(1);
  }, []);
  const showMoreChats = useCallback(() => setPages((shown) => shown + 1), []);

  const refreshChats = useCallback(() => {
    const path = `/api/chats?query=${encodeURIComponent(query)}&limit=${limit}`;
    asked.current += 1;
    const turn = asked.current;
    request<{ chats: ChatSummary[] }>('GET', path).then(
      (answer) => {
        // An answer to words that were typed before must not replace a later one.
        if (turn === asked.current) setChats(answer.chats);
      },
      () => {
        // The list on screen stays; the next event or focus reads it again.
      },
    );
  }, [query, limit]);

  const refreshConnection = useCallback(() => {
    request<{ connection: ConnectionView | null }>('GET', '/api/connection').then(
      (answer) => setConnection(answer.connection),
      () => {
        // What is shown stays until the server answers again.
      },
    );
  }, []);

  const setTheme = useCallback((next: Theme) => {
    setThemeState(next);
    const root = document.documentElement;
    if (next === 'system') delete root.dataset.theme;
    else root.dataset.theme = next;
    savePreference({ name: 'theme', value: next });
  }, []);

  const shell = useMemo(
    () => ({
      ...data,
      theme,
      chats,
      connection,
      query,
      setQuery,
      setChats,
      moreChats: chats.length >= limit,
      showMoreChats,
      refreshChats,
      refreshConnection,
      setConnection,
      setTheme,
      savePreference,
    }),
    [
      data,
      theme,
      chats,
      connection,
      query,
      limit,
      setQuery,
      showMoreChats,
      refreshChats,
      refreshConnection,
      setTheme,
    ],
  );
  return <ShellContext value={shell}>{children}</ShellContext>;
}
