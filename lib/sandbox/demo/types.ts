/**
 * The shape of the demo site. Content lives in files beside this one; the server turns it into rows
 * once, on a fresh data folder and on reset. All times are relative to "now" so that searches like
 * "last week" always have answers.
 */

/** Whole days before the moment of seeding; fractions allowed (0.25 is six hours ago). */
export type DaysAgo = number;

export type DemoPerson = {
  /** Short handle used inside the demo files, e.g. `ada`. */
  key: string;
  /** Atlassian account id as the API shows it, e.g. `712020:3f0c…`. */
  accountId: string;
  name: string;
  email: string;
  timeZone: string;
  /** Basic-auth token of `/wiki/...`; only Ada and Ben have one. */
  apiToken?: string;
  /** Only Ada and Ben can sign in on the consent page. */
  canSignIn?: boolean;
  /** A guest: sees only the spaces given to them by name or group. */
  guest?: boolean;
};

export type DemoGroup = { id: string; name: string; members: string[] };

export type DemoComment = {
  id: string;
  author: string;
  at: DaysAgo;
  /** Storage format. */
  body: string;
  resolved?: boolean;
  replies?: { id: string; author: string; at: DaysAgo; body: string }[];
  /** Inline comments carry the text they are anchored to and the `ac:ref` of the marker in the body. */
  inline?: { ref: string; text: string };
};

export type DemoAttachment = {
  id: string;
  filename: string;
  mediaType: string;
  author: string;
  at: DaysAgo;
  comment?: string;
  /** Content: text as is, or a maker of bytes for pictures and archives. */
  content: string | Uint8Array;
};

export type DemoVersion = { storage: string; author: string; at: DaysAgo; message?: string; title?: string };

export type DemoPage = {
  /** Stable numeric id as text. */
  id: string;
  title: string;
  status?: 'current' | 'draft' | 'archived' | 'trashed';
  /** Oldest first; the last one is the current version. At least one. */
  versions: DemoVersion[];
  children?: DemoPage[];
  labels?: string[];
  comments?: DemoComment[];
  attachments?: DemoAttachment[];
  /** Keys of people or group names who alone may read (empty or absent: everyone who sees the space). */
  readRestriction?: { people?: string[]; groups?: string[] };
  updateRestriction?: { people?: string[]; groups?: string[] };
  /** Page views: how many on which day. */
  views?: { at: DaysAgo; count: number; distinct: number }[];
};

export type DemoBlogPost = Omit<DemoPage, 'children'>;

/** A page template; `storage` may hold `at:` variables and placeholders. */
export type DemoTemplate = {
  id: string;
  name: string;
  description: string;
  storage: string;
  labels: string[];
};

/** One entry of the audit log. */
export type DemoAuditRecord = {
  at: DaysAgo;
  author: string;
  category: string;
  summary: string;
  object: string;
};

export type DemoSpace = {
  id: string;
  key: string;
  name: string;
  type: 'global' | 'personal' | 'collaboration' | 'knowledge_base';
  status?: 'current' | 'archived';
  description?: string;
  author: string;
  createdAt: DaysAgo;
  labels?: string[];
  /** Who sees the space: absent means every signed-in person. */
  visibleTo?: { people?: string[]; groups?: string[] };
  /** Who may write: absent means everyone who sees it. */
  writableBy?: { people?: string[]; groups?: string[] };
  /** Visitors who are not signed in see it too. */
  anonymous?: boolean;
  /** Keys of people who watch the homepage, besides the author. */
  watchedBy?: string[];
  homepage: DemoPage;
  /** Pages at the top of the space beside its home. */
  topPages?: DemoPage[];
  blogPosts?: DemoBlogPost[];
  templates?: DemoTemplate[];
};

/** A folder, whiteboard, database or Smart Link of the page tree, with what lies in it. */
export type DemoNode = {
  id: string;
  type: 'folder' | 'whiteboard' | 'database' | 'embed';
  title: string;
  author: string;
  at: DaysAgo;
  /** Where a Smart Link leads. */
  url?: string;
  pages?: DemoPage[];
  nodes?: DemoNode[];
};

export type DemoProperty = {
  on: 'content' | 'attachment' | 'comment' | 'customContent' | 'space';
  id: string;
  key: string;
  value: unknown;
  author: string;
  at: DaysAgo;
};

export type DemoCustomContent = {
  id: string;
  type: string;
  title: string;
  storage: string;
  spaceId: string;
  container: { type: 'space' | 'page' | 'blogpost' | 'customContent'; id: string };
  author: string;
  at: DaysAgo;
};

/** A template that an app brings. */
export type DemoBlueprint = DemoTemplate & { pluginKey: string; moduleKey: string };

/** What a site holds besides pages and posts. */
export type DemoThings = {
  /** By the id of the page under which they stand. */
  nodes: { under: string; node: DemoNode }[];
  properties: DemoProperty[];
  /** Types of custom content that installed apps declare. */
  customTypes: string[];
  customContent: DemoCustomContent[];
  blueprints: DemoBlueprint[];
};

export type DemoSite = {
  cloudId: string;
  /** "Halden Robotics" or "Halden Labs". */
  name: string;
  /** Path below the sandbox origin: `/wiki` or `/labs/wiki`. */
  path: '/wiki' | '/labs/wiki';
  /** How the site gives access to spaces; by roles when absent. */
  roleMode?: 'PRE_ROLES' | 'ROLES';
  people: string[];
  groups: DemoGroup[];
  spaces: DemoSpace[];
  /** Templates of the whole site. */
  templates?: DemoTemplate[];
  things?: DemoThings;
  /** What happened before the moment of seeding; the server adds its own records afterwards. */
  audit?: DemoAuditRecord[];
};

export type Demo = { people: DemoPerson[]; sites: DemoSite[] };
