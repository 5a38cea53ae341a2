import { z } from 'zod';
import { defineWrite } from '../define.ts';
import { text } from '../inputs.ts';
import { proposalShape } from '../written.ts';
import { membershipWrite } from './membership.ts';

export const removeUserFromGroup = defineWrite({
  name: 'remove_user_from_group',
  input: z.object({ group: text, user: text }),
  output: proposalShape,
  ...membershipWrite('remove_user_from_group'),
});
