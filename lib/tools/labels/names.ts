import { UserError } from '#errors';
import { oneLine } from '../render.ts';

/** Confluence's own rule: lower case, no spaces, none of these signs, at most 255 characters. */
const forbidden = /[:;,.?&[\]()#^*@!<>"'`]/g;

/**
 * Label names as Confluence keeps them, without repetition, and what had to be changed.
 * @throws UserError invalid_input for a name of which nothing is left.
 */
export function labelNames(given: readonly string[]): { names: string[]; notes: string[] } {
  const notes: string[] = [];
  const names = given.map((one) => {
    const asked = oneLine(one).replace(/^#/, '');
    const name = asked.toLowerCase().replace(/\s+/g, '-').replace(forbidden, '').slice(0, 255);
    if (name === '')
      throw new UserError('invalid_input', `"${one}" cannot be a label.`, {
        next: 'Labels are words without spaces or punctuation.',
      });
    if (name !== asked.toLowerCase()) notes.push(`The label "${asked}" becomes "${name}".`);
    return name;
  });
  return { names: [...new Set(names)], notes };
}
