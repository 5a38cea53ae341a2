export { type ShellData, ShellProvider, type ShellUser, useShell } from './shell-context.tsx';
