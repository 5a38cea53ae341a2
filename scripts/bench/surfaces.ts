import { catalogue, inputJsonSchema } from '#lib/router';
import type { Row } from './row.ts';

/** What it would cost a client to list every operation as a tool of its own. About four characters make a token. */
export function surfaceRows(): Row[] {
  const tools = catalogue.map((operation) => ({
    name: operation.name,
    title: operation.title,
    description: operation.summary,
    inputSchema: inputJsonSchema(operation),
  }));
  const characters = JSON.stringify(tools).length;
  return [
    {
      name: 'every operation as its own tool (computed)',
      value: characters / 4,
      unit: 'tokens',
      aim: '',
      note: `${tools.length} operations, ${characters.toLocaleString('en')} characters`,
    },
  ];
}
