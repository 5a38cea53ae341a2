export { RichView } from './rich-view.tsx';
