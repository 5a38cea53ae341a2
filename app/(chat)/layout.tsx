import type { ReactNode } from 'react';
import { currentUser } from '#lib/auth';
import { AppShell } from '../app-shell.tsx';

/** Where nobody is signed in the page inside sends them on; it knows its own address. */
export default async function ChatLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  return user === null ? children : <AppShell user={user}>{children}</AppShell>;
}
