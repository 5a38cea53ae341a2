import { z } from 'zod';
import { defineRead } from '../define.ts';
import { text } from '../inputs.ts';
import { counted } from '../render.ts';
import { peopleByIds } from '../resolve/person.ts';
import { personData, personLine, personShape, personSource } from './search-users.ts';

export const getUser = defineRead({
  name: 'get_user',
  input: z.object({ account_ids: z.array(text).min(1).max(250) }),
  output: z.object({ items: z.array(personShape), missing: z.array(z.string()) }),
  async run(ctx, o) {
    const people = await peopleByIds(ctx, o.account_ids);
    const missing = o.account_ids.filter((id) => !people.some((one) => one.accountId === id));
    const note = missing.length === 0 ? '' : `\nNot found: ${missing.join(', ')}.`;
    return {
      text: `${people.map(personLine).join('\n')}${note}`.trim(),
      data: { items: people.map(personData), missing },
      sources: people.map(personSource),
      label: counted(people.length, 'person', 'people'),
      untrusted: true,
    };
  },
});
