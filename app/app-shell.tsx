import type { ReactNode } from 'react';
import { ShellProvider } from '#components/shell';
import { Frame } from '#components/sidebar';
import { ToastProvider } from '#components/ui';
import { WaitingFrame } from '#components/waiting';
import { env } from '#env';
import { modelInfo } from '#lib/agent';
import { waitingFor } from '#lib/approvals';
import type { User } from '#lib/auth';
import { chatsPerPage, listChats } from '#lib/chats';
import { connectionView } from '#lib/connections';
import { readPreferences } from './preferences.ts';

/** The frame of a signed-in person: sidebar, connection, chats. */
export async function AppShell({ user, children }: { user: User; children: ReactNode }) {
  const { confluence, sandbox } = env();
  const [chats, connection, waiting, preferences] = await Promise.all([
    listChats(user.id),
    connectionView(user.id),
    waitingFor(user.id, null),
    readPreferences(),
  ]);
  const { id, name, email, role } = user;
  const data = {
    user: { id, name, email, role },
    mode: { confluence, ...modelInfo() },
    sandboxUrl: confluence === 'sandbox' ? `${sandbox.publicUrl}/wiki` : null,
    connection,
    chats,
    chatsPerPage,
    sidebarOpen: preferences.sidebarOpen,
    theme: preferences.theme,
  };
  return (
    <ToastProvider>
      <ShellProvider data={data}>
        <WaitingFrame initial={waiting}>
          <Frame>{children}</Frame>
        </WaitingFrame>
      </ShellProvider>
    </ToastProvider>
  );
}
