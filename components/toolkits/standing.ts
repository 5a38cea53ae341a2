import type { Tone } from '#components/ui';
import type { ToolkitStanding } from '#lib/wire';

/** How a person stands to a toolkit. */
export const standings: Record<ToolkitStanding, { words: string; tone: Tone }> = {
  not_needed: { words: 'Open to all', tone: 'neutral' },
  connected: { words: 'Connected', tone: 'good' },
  expired: { words: 'Access ended', tone: 'danger' },
  not_connected: { words: 'Not connected', tone: 'warn' },
  switched_off: { words: 'Switched off', tone: 'neutral' },
};

/** The page where a person connects a toolkit. */
export const toolkitPath = (slug: string, returnTo: string | null = null): string =>
  `/settings/toolkits/${slug}${returnTo === null ? '' : `?returnTo=${encodeURIComponent(returnTo)}`}`;
