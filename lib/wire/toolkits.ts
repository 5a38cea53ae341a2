import type { ErrorView } from '../errors.ts';
import type { FieldDiff } from './diff.ts';

/** How people show a toolkit's server who they are. */
export type ToolkitAuth = 'none' | 'header' | 'oauth';

export const toolTiers = ['read', 'write', 'destructive'] as const;

/**
 * `new`: no admin has looked at it. `drifted`: its definition is no longer the one that was looked at. `missing`: its
 * server no longer lists it. `unusable`: its definition cannot be worked with.
 */
export type ToolkitToolState = 'new' | 'looked_at' | 'drifted' | 'missing' | 'unusable';

/** A tool of another server as an admin looks at it. All its words were written there. */
export type ToolkitToolView = {
  name: string;
  /** What it is called here: `jira__create_issue`. */
  operation: string;
  title: string;
  description: string;
  /** Its input as JSON Schema, written out. */
  input: string;
  /** What its server says of it, which nobody has checked. */
  claims: string[];
  /** Characters without a picture that were taken out of its words. */
  hidden: number;
  tier: (typeof toolTiers)[number];
  allowed: boolean;
  state: ToolkitToolState;
  /** Why it cannot be used, in words. */
  why: string | null;
  /** What has changed since an admin looked at it. */
  drift: FieldDiff[];
  /** Name exactly what was on screen: a decision must carry both. */
  fingerprint: string;
  seen: string | null;
};

/** A toolkit as an admin sees it. */
export type ToolkitView = {
  id: string;
  slug: string;
  name: string;
  url: string;
  auth: ToolkitAuth;
  headerName: string;
  enabled: boolean;
  server: { name: string; version: string } | null;
  checkedAt: number | null;
  checkError: ErrorView | null;
  tools: ToolkitToolView[];
};

/** `switched_off`: by an admin, while an access of the person's is still kept. */
export type ToolkitStanding = 'not_needed' | 'connected' | 'expired' | 'not_connected' | 'switched_off';

/** A toolkit as the person sees it who uses it. */
export type OwnToolkitView = {
  slug: string;
  name: string;
  host: string;
  auth: ToolkitAuth;
  headerName: string;
  standing: ToolkitStanding;
  /** Since when it is connected. */
  since: number | null;
  tools: { operation: string; title: string; tier: ToolkitToolView['tier']; blocked: boolean }[];
};
