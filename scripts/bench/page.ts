import { gzipSync } from 'node:zlib';
import type { Browser } from './browser.ts';
import type { Row } from './row.ts';

/** All scripts that the HTML of the chat page names, compressed as a server would. */
export async function pageRows(browser: Browser): Promise<Row[]> {
  const html = await (await browser.fetch('/')).text();
  // `noModule` scripts are for browsers that this app does not serve; others do not fetch them.
  const paths = new Set(
    [
      ...html
        .replace(/<script[^>]*noModule[^>]*>/gi, '')
        .matchAll(/<(?:script|link)[^>]+(?:src|href)="(\/_next\/static\/[^"]+\.js)[^"]*"/g),
    ].map((match) => match[1] as string),
  );
  let bytes = 0;
  for (const path of paths)
    bytes += gzipSync(Buffer.from(await (await browser.fetch(path)).arrayBuffer())).length;
  return [
    {
      name: 'first-load JavaScript of the chat (gzip)',
      value: bytes / 1024,
      unit: 'KB',
      aim: '< 250',
      note: `${paths.size} files`,
    },
  ];
}
