import { requireAdmin } from '#lib/auth';
import { catalogue } from '#lib/router';
import { addToolkit } from '#lib/toolkits';
import { newToolkitSchema } from '#lib/wire';
import { json, readBody, withUser } from '../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** An admin adds another MCP server. None of its tools can be used before they have been looked at. */
export const POST = withUser(async ({ request, user }) => {
  requireAdmin(user);
  const asked = await readBody(request, newToolkitSchema);
  const reserved = [...new Set(catalogue.flatMap(({ tag, alsoTags }) => [tag, ...alsoTags]))];
  return json({ id: await addToolkit(user, asked, reserved) }, 201);
});
