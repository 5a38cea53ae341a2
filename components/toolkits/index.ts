export { ConnectToolkit } from './connect-toolkit.tsx';
export { OwnToolkits, SignInFailed } from './own-toolkits.tsx';
export { ToolkitAdmin } from './toolkit-admin.tsx';
export { ToolkitConnectCard } from './toolkit-connect-card.tsx';
