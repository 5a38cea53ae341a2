export { browserMemory, tabMemory } from './memory.ts';
export {
  type Preference,
  type ShellData,
  ShellProvider,
  type ShellUser,
  type Theme,
  useShell,
} from './shell-context.tsx';
export { useConnectAttempt } from './use-connect-attempt.ts';
export { useWaiting, type WaitingList, WaitingProvider } from './waiting-context.tsx';
