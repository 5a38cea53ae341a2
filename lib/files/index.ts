/** Files kept for a while beside the database: exports to download, files a person gave; and the text in a file. */
export { fileText } from './file-text.ts';
export { openFile, type StoredFile, saveFile, sweepFiles } from './files.ts';
