import { z } from 'zod';
import { getCurrentUser as readCurrentUser } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { oneLine } from '../render.ts';
import { personOf } from '../resolve/person.ts';
import { personData, personShape, personSource } from '../users/search-users.ts';

export const getCurrentUser = defineRead({
  name: 'get_current_user',
  input: z.object({}),
  output: personShape.extend({ time_zone: z.string().nullable(), site: z.string() }),
  async run(ctx) {
    const raw = await readCurrentUser(ctx.confluence, {});
    const { account, site } = ctx.connection;
    const person = personOf(ctx, raw) ?? {
      accountId: account.id,
      name: account.name,
      email: account.email,
      active: true,
      url: null,
    };
    const timeZone = raw.timeZone || null;
    const mail = person.email ?? account.email;
    return {
      text: `${oneLine(person.name)} · account id ${person.accountId}${mail ? ` · ${oneLine(mail)}` : ''}${timeZone ? ` · time zone ${timeZone}` : ''} · on ${oneLine(site.name)}`,
      data: { ...personData({ ...person, email: mail }), time_zone: timeZone, site: site.url },
      sources: [personSource(person)],
      label: `You are ${person.name}`,
      untrusted: false,
    };
  },
});
