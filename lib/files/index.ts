/** Files kept for a while beside the database: exports to download, files a person gave. */
export { openFile, type StoredFile, saveFile, sweepFiles } from './files.ts';
