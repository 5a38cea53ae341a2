import { intentsFor, type Step } from './intents.ts';
import type { Turn } from './reading.ts';
import { failure, outcome } from './say.ts';

/** Said when no intent fits: what this is, what it can do, how to get a real model. */
export const help = `I am the offline demo model of Confab: a small table of things I understand, not a language model. I did not understand this one. I can, for example:

- Search Confluence for the Q3 marketing roadmap.
- Read the contents of the page with ID 987654321.
- List all active engineering spaces.
- Add a section about rate limits to the API Guidelines page.
- Create a new page in the Onboarding space titled "Local Environment Setup 2026". Format it with step-by-step instructions.
- Add the label "urgent" to the Q3 planning page.
- Check who is in the "Contractors" group.
- Show the comments on the API Guidelines page.
- Attach this file to the API Guidelines page (with a file attached).
- Undo that.
- Use Jira to create an issue: title "Loose arm" (where an admin has added that toolkit).

For a real agent that understands any question, set \`OPENAI_API_KEY\` before starting Confab. \`OPENAI_MODEL\` chooses the model, and \`OPENAI_BASE_URL\` any other OpenAI-compatible service, also one on your own machine.`;

/** Operations whose result is a change: after one of them only the decision is told. */
const writes = /^(?:create|edit|upload|update|add|remove|move|delete|restore|undo|archive|publish|set)_/;

/** What the demo model does next in this turn. */
export function nextStep(turn: Turn): Step {
  const [chosen] = intentsFor(turn.question);
  if (chosen === undefined) return { say: help };
  const last = turn.results.at(-1);
  if (last?.failed) return { say: failure(last) };
  if (last !== undefined && writes.test(last.name)) {
    return { say: outcome(last) ?? 'The change waits for your decision on its card.' };
  }
  const step = chosen.intent.plan(chosen.slots, turn);
  if (!('call' in step) || turn.tools.has(step.call)) return step;
  if (!turn.looked.includes(step.call)) return { call: 'discover_tools', input: { query: step.call } };
  return { say: `I looked for the tool “${step.call.replaceAll('_', ' ')}”, and it is not available here.` };
}
