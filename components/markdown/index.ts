export { ImageLink } from './image-link.tsx';
export { Markdown } from './markdown.tsx';
export { isOutside, safeUrl } from './safe-url.ts';
