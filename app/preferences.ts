import { cookies } from 'next/headers';

export type Preferences = { theme: 'system' | 'light' | 'dark'; sidebarOpen: boolean };

export const cookieNames = { theme: 'confab-theme', sidebar: 'confab-sidebar' } as const;

/** How this browser wants the app drawn, from its cookies. */
export async function readPreferences(): Promise<Preferences> {
  const jar = await cookies();
  const theme = jar.get(cookieNames.theme)?.value;
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    sidebarOpen: jar.get(cookieNames.sidebar)?.value !== 'closed',
  };
}
