import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { fileText } from '#lib/files';
import { pdf, zip } from '../../sandbox/demo/files.ts';
import { pictureType } from './picture.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('plain kinds as they are, by media type or by name, in UTF-8, UTF-16 and Windows-1252', async () => {
  expect(await fileText('a.csv', 'text/csv', bytes('a,b\r\n1,ü'))).toBe('a,b\r\n1,ü');
  expect(await fileText('a.json', 'application/json', bytes('{"a":1}'))).toBe('{"a":1}');
  expect(await fileText('notes.md', 'application/octet-stream', bytes('\uFEFF# Hi'))).toBe('# Hi');
  expect(await fileText('a.txt', 'text/plain', new Uint8Array([0xff, 0xfe, 0x41, 0, 0x42, 0]))).toBe('AB');
  expect(await fileText('a.txt', 'text/plain', new Uint8Array([0x4d, 0xfc, 0x6c, 0x6c]))).toBe('Müll');
});

test('HTML without tags, styles and scripts', async () => {
  const page = '<style>p{}</style><h1>Q&amp;A</h1><script>alert(1)</script><p>One<br>two</p><!-- no -->';
  expect(await fileText('a.html', 'text/html', bytes(page))).toBe('Q&A\nOne\ntwo');
});

test('PDF by page, Word by paragraph', async () => {
  expect(await fileText('a.pdf', 'application/pdf', bytes(pdf(['Service levels', '99.95 %'])))).toMatch(
    /Service levels\s+99\.95 %/,
  );
  const word = zipSync({
    '[Content_Types].xml': strToU8(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    ),
    '_rels/.rels': strToU8(
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    ),
    'word/document.xml': strToU8(
      '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>First day</w:t></w:r></w:p><w:p><w:r><w:t>Badge at nine</w:t></w:r></w:p></w:body></w:document>',
    ),
  });
  expect(await fileText('plan.docx', 'application/octet-stream', word)).toBe('First day\n\nBadge at nine');
});

test('what is no text is refused in words', async () => {
  for (const [name, type, content] of [
    ['a.zip', 'application/zip', zip('a.txt', 'a')],
    ['a.txt', 'text/plain', new Uint8Array([0x41, 0, 0x42])],
    ['a.pdf', 'application/pdf', bytes('%PDF-1.4 broken')],
    ['a.docx', '', bytes('no word file')],
  ] as const)
    await expect(fileText(name, type, content), name).rejects.toMatchObject({
      code: 'not_possible',
      message: expect.stringContaining('is not readable as text'),
    });
  await expect(fileText('a.txt', 'text/plain', new Uint8Array(25_000_001))).rejects.toMatchObject({
    code: 'too_large',
  });
});

test('a picture is one by how it begins, not by its name', () => {
  expect(pictureType(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBe('image/png');
  expect(pictureType(bytes('RIFF0000WEBPVP8 '))).toBe('image/webp');
  expect(pictureType(bytes('<svg/>'))).toBeNull();
});
