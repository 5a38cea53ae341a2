import { z } from 'zod';
import { UserError } from '#errors';
import { text } from '../inputs.ts';
import { nodeCreation } from '../tree-nodes/create-node.ts';

/** An https address as given, without a password in it. @throws UserError invalid_input. */
function linkOf(given: string): string {
  const url = URL.parse(given);
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url.href;
  throw new UserError('invalid_input', 'url: A Smart Link needs an https address.', {
    next: 'Give the full link, beginning with https://.',
  });
}

export const createSmartLink = nodeCreation({
  name: 'create_smart_link',
  kind: 'smart_link',
  input: z.object({ space: text, title: text, parent: text.optional(), url: text }),
  more({ url }) {
    const embedUrl = linkOf(url);
    return { post: { embedUrl }, fields: [{ label: 'Leads to', before: null, after: embedUrl }] };
  },
  note: 'A Smart Link cannot be changed through the API: to change it, delete it and make a new one.',
});
