import type { Ask } from './ask.ts';
import { baseAsks } from './base.ts';
import { contentAsks } from './content.ts';
import { engagementAsks } from './engagement.ts';
import { pagesAsks } from './pages.ts';
import { remarksAsks } from './remarks.ts';
import { spacesAsks } from './spaces.ts';
import { thingsAsks } from './things.ts';

export { type Ask, get, v2 } from './ask.ts';

/** Groups of requests; each group runs against a site of its own, so that what one deletes another may still read. */
export const groups: Record<string, readonly Ask[]> = {
  base: baseAsks,
  pages: pagesAsks,
  remarks: remarksAsks,
  spaces: spacesAsks,
  things: thingsAsks,
  engagement: engagementAsks,
  content: contentAsks,
};
