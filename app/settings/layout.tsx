import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { SettingsNav } from '#components/settings';
import { currentUser } from '#lib/auth';
import { toolkitAlarms } from '#lib/toolkits';
import { AppShell } from '../app-shell.tsx';

export const metadata: Metadata = { title: 'Settings' };

/** Where nobody is signed in the page inside sends them on; it knows its own address. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  if (user === null) return children;
  return (
    <AppShell user={user}>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-wide px-4 pt-6 pb-16 sm:px-6">
          <h1 className="mb-3 text-xl font-semibold tracking-tight">Settings</h1>
          <SettingsNav
            admin={user.role === 'admin'}
            alarms={user.role === 'admin' ? await toolkitAlarms() : 0}
          />
          <div className="pt-6">{children}</div>
        </div>
      </div>
    </AppShell>
  );
}
