export { WaitingFrame } from './waiting-frame.tsx';
export { WaitingPage } from './waiting-page.tsx';
