import type { DemoAuditRecord } from './types.ts';

type Row = [at: number, author: string, category: string, summary: string, object: string];

const ROWS: Row[] = [
  [0.6, 'ada', 'Permissions', 'Space permission added', 'Client Docs'],
  [2.1, 'ada', 'Users and groups', 'User added to group', 'Zoe Martin'],
  [4.4, 'marcus', 'Pages', 'Page restriction added', 'Security findings 2026'],
  [5.5, 'marcus', 'Pages', 'Page moved', 'Newly moved: console theme study'],
  [7.8, 'janet', 'Pages', 'Page exported', 'Leave Policy'],
  [9.1, 'zoe', 'Pages', 'Page content updated', 'API Guidelines'],
  [12.0, 'amira', 'Users and groups', 'User created', 'Nadia Rahman'],
  [16.5, 'ada', 'Global administration', 'Global setting changed', 'Attachment size'],
  [21.7, 'ada', 'Spaces', 'Space logo uploaded', 'Marketing'],
  [26.2, 'ada', 'Permissions', 'Space permission removed', 'HR'],
  [31.9, 'ada', 'Users and groups', 'Group created', 'dev-team'],
  [44.3, 'marcus', 'Security', 'Sign-in failed five times', 'Victor Lindqvist'],
  [58.8, 'ada', 'Spaces', 'Space archived', 'Engineering Archive'],
  [73.0, 'ada', 'Apps', 'App installed', 'draw.io'],
  [96.4, 'zoe', 'Pages', 'Page deleted', 'Scratch page'],
  [121.5, 'ada', 'Global administration', 'Look and feel changed', 'Halden Robotics'],
  [168.2, 'ada', 'Users and groups', 'User removed from group', 'Noah Fischer'],
  [233.6, 'ada', 'Import and export', 'Space exported', 'Engineering Archive'],
];

/** What administrators and others did in the last months. */
export function auditRecords(): DemoAuditRecord[] {
  return ROWS.map(([at, author, category, summary, object]) => ({ at, author, category, summary, object }));
}
