export { ConnectToolkit } from './connect-toolkit.tsx';
export { OwnToolkits, SignInFailed } from './own-toolkits.tsx';
export { ToolkitAdmin } from './toolkit-admin.tsx';
