import { chatMarkdown, chatView } from '#lib/agent';
import { download } from '../../../download.ts';
import { withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

/** The chat as a Markdown file. */
export const GET = withUser(async ({ user, params }) => {
  const chat = await chatView(user, params.id as string);
  const name = chat.title
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .trim();
  return download({
    name: `${name === '' ? 'chat' : name}.md`,
    mediaType: 'text/markdown; charset=utf-8',
    body: chatMarkdown(chat),
  });
});
