/** Page templates with the variables a person fills in. */
import { numericId } from './ids.ts';
import { prose } from './prose.ts';
import { h2, p, settle, table, taskList, td, th } from './storage.ts';
import type { DemoTemplate } from './types.ts';

const declared = (inner: string) => `<at:declarations>${inner}</at:declarations>`;

function template(name: string, description: string, body: string, labels: string[] = []): DemoTemplate {
  const id = numericId(`template ${name}`);
  return { id, name, description, storage: settle(id, body), labels };
}

/** Templates of the whole site. */
export const siteTemplates = (): DemoTemplate[] => [
  template(
    'Launch plan',
    'Goals, timelines and risks of a launch.',
    declared('<at:string at:name="product" /><at:string at:name="quarter" />') +
      p('Launch of <at:var at:name="product" /> in <at:var at:name="quarter" at:rawxhtml="true" />.') +
      h2('Goals') +
      p('<ac:placeholder>What is true when this has worked?</ac:placeholder>') +
      h2('Timelines') +
      table([
        [th('Step'), th('When'), th('Owner')],
        [td('Decision'), td(''), td('')],
        [td('Launch'), td(''), td('')],
      ]) +
      h2('Risks') +
      p('<ac:placeholder>What could stop us, and what then?</ac:placeholder>'),
    ['planning'],
  ),
  template(
    'Meeting notes',
    'Attendees, discussion, action items.',
    prose('## Attendees') +
      p('<ac:placeholder ac:type="mention">Who was there?</ac:placeholder>') +
      prose('## Discussion\n\n- \n\n## Action items') +
      taskList([{ text: '<ac:placeholder>What, who, until when</ac:placeholder>' }]),
    ['meeting-notes'],
  ),
];

/** Templates of the Engineering space. */
export const engineeringTemplates = (): DemoTemplate[] => [
  template(
    'Design spec',
    'A design for review.',
    declared('<at:string at:name="title" />') +
      prose('## Problem\n\n## Proposal\n\n## Alternatives\n\n## Rollout\n\n## Open questions') +
      p('About <at:var at:name="title" />.'),
    ['design'],
  ),
  template(
    'Runbook',
    'What to do when a service is ill.',
    prose(
      '## Alerts\n\n| Alert | Means |\n|  |  |\n\n## First steps\n\n1. \n\n## Restart\n\n## What a restart costs',
    ),
    ['runbook'],
  ),
];
