export { ClientSetup } from './client-setup.tsx';
