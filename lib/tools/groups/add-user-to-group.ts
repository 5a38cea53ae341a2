import { z } from 'zod';
import { defineWrite } from '../define.ts';
import { text } from '../inputs.ts';
import { proposalShape } from '../written.ts';
import { membershipWrite } from './membership.ts';

export const addUserToGroup = defineWrite({
  name: 'add_user_to_group',
  input: z.object({ group: text, user: text }),
  output: proposalShape,
  ...membershipWrite('add_user_to_group'),
});
