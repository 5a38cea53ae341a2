export {
  type Preference,
  type ShellData,
  ShellProvider,
  type ShellUser,
  type Theme,
  useShell,
} from './shell-context.tsx';
