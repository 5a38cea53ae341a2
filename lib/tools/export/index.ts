/** Pages as files to download: Markdown, HTML, PDF, storage. */
export { exportPage } from './export-page.ts';
export { exportSpace } from './export-space.ts';
