import { cookies } from 'next/headers';
import { z } from 'zod';
import { env } from '#env';
import { assertSameOrigin, readJson } from '#lib/auth';
import { errorResponse } from '../api/respond.ts';
import { cookieNames } from '../preferences.ts';

export const dynamic = 'force-dynamic';

const preferenceSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('theme'), value: z.enum(['system', 'light', 'dark']) }),
  z.object({ name: z.literal('sidebar'), value: z.enum(['open', 'closed']) }),
]);

const year = 365 * 24 * 3600;

/** Keeps how this browser wants the app drawn. It concerns nobody but the browser, so nobody need be signed in. */
export async function POST(request: Request): Promise<Response> {
  try {
    assertSameOrigin(request);
    const { name, value } = await readJson(request, preferenceSchema, 1024);
    const secure = env().publicUrl.startsWith('https:');
    (await cookies()).set(cookieNames[name], value, {
      maxAge: year,
      sameSite: 'lax',
      httpOnly: true,
      secure,
      path: '/',
    });
    return new Response(null, { status: 204 });
  } catch (error) {
    return errorResponse(error);
  }
}
