export { ActivityList } from './activity-list.tsx';
export { ConnectionPanel } from './connection-panel.tsx';
export { McpPanel } from './mcp-panel.tsx';
export { PeoplePanel } from './people-panel.tsx';
export { Section } from './section.tsx';
export { SessionList } from './session-list.tsx';
export { SettingsNav } from './settings-nav.tsx';
export { ThemeChoice } from './theme-choice.tsx';
