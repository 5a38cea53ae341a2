import { beforeAll, expect, test, vi } from 'vitest';
import { database, insertUser } from '#db';
import type { User } from '#lib/auth';
import { openFile } from '#lib/files';
import { POST } from './route.ts';

const ada: User = { id: 'usr_give', name: 'Ada', email: 'give@halden.example', role: 'member', demo: false };
vi.mock('#lib/auth', async (original) => ({
  ...(await original<object>()),
  requireUser: async () => ada,
}));

beforeAll(async () => {
  await insertUser(await database(), {
    id: ada.id,
    name: ada.name,
    email: ada.email,
    role: 'member',
    password_hash: null,
    atlassian_account_id: null,
    demo_key: null,
    created_at: 1,
    disabled_at: null,
  });
});

async function post(body: BodyInit, headers: Record<string, string> = {}) {
  // As bytes: the form a Request makes itself goes on after its reader has left, and fails where nobody hears it.
  const encoded = new Response(body, { headers });
  const request = new Request('http://localhost:3000/api/files', {
    method: 'POST',
    headers: {
      host: 'localhost:3000',
      origin: 'http://localhost:3000',
      'content-type': encoded.headers.get('content-type') ?? '',
    },
    body: await encoded.arrayBuffer(),
  });
  const answer = await POST(request, { params: Promise.resolve({}) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

function form(...files: [name: string, content: BlobPart, type: string][]): FormData {
  const made = new FormData();
  for (const [name, content, type] of files) made.append('file', new Blob([content], { type }), name);
  return made;
}

test('files are kept for the person, and their ids given', async () => {
  const { status, body } = await post(
    form(['plan.csv', 'a,b', 'text/csv'], ['x.bin', 'x', 'bad type\r\nx: y']),
  );
  expect(status).toBe(201);
  const [first, second] = body.files as { id: string; name: string; mediaType: string }[];
  expect(first).toMatchObject({ name: 'plan.csv', mediaType: 'text/csv' });
  expect(second?.mediaType).toBe('application/octet-stream');
  expect((await openFile(ada.id, first?.id ?? '')).bytes.toString()).toBe('a,b');
});

test('what is no form, empty or too large is refused in words', async () => {
  const code = async (body: BodyInit, headers?: Record<string, string>) => {
    const answer = await post(body, headers);
    return [answer.status, (answer.body.error as { code: string }).code];
  };
  expect(await code('{}', { 'content-type': 'application/json' })).toEqual([400, 'invalid_input']);
  expect(await code('x', { 'content-type': 'multipart/form-data; boundary=y' })).toEqual([
    400,
    'invalid_input',
  ]);
  expect(await code(form())).toEqual([400, 'invalid_input']);
  expect(await code(form(['a.txt', '', 'text/plain']))).toEqual([400, 'invalid_input']);
  expect(await code(form(['a.txt', new Uint8Array(26 * 1024 * 1024), '']))).toEqual([413, 'too_large']);
});
