export { readSession, writeSession } from './session-memory.ts';
export {
  type Preference,
  type ShellData,
  ShellProvider,
  type ShellUser,
  type Theme,
  useShell,
} from './shell-context.tsx';
export { useConnectAttempt } from './use-connect-attempt.ts';
