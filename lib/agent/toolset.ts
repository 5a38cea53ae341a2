import { jsonSchema, type ToolSet, tool } from 'ai';
import { everyOperation, inputJsonSchema, type Operation } from '#lib/router';
import type { Run } from './registry.ts';
import { runTool, type ToolAnswer } from './tool-calls.ts';

type JsonSchema = Parameters<typeof jsonSchema>[0];

const discoverSchema: JsonSchema = {
  type: 'object',
  properties: { query: { type: 'string', description: 'What you want to do, in a few plain words' } },
  required: ['query'],
};

const discoverWords =
  'Finds further Confluence tools by keywords: comments, labels, attachments, groups, people, history, blog posts, moving, deleting, restoring, permissions, reports, undo and more. Found tools can be called in the next step.';

const said = ({ text, failed }: ToolAnswer) => ({
  type: failed ? ('error-text' as const) : ('text' as const),
  value: text,
});

/**
 * Every operation there is as a tool of this run, and `discover_tools`. Inputs are checked by the
 * router, which says what is wrong in words; which tools a step shows is chosen per step. `saysStrict`: the
 * service takes schemas as strict unless told otherwise.
 */
export function toolset(run: Run, saysStrict: boolean): ToolSet {
  const make = (name: string, description: string, schema: JsonSchema) =>
    tool({
      description,
      inputSchema: jsonSchema<Record<string, unknown>>(schema),
      ...(saysStrict ? { strict: false } : {}),
      execute: (input, { toolCallId }) => runTool(run, { name, callId: toolCallId, input }),
      toModelOutput: ({ output }) => said(output),
    });
  const tools: ToolSet = { discover_tools: make('discover_tools', discoverWords, discoverSchema) };
  for (const operation of everyOperation()) {
    tools[operation.name] = make(operation.name, operation.summary, schemaOf(operation));
  }
  return tools;
}

const schemas = new Map<string, JsonSchema>();

function schemaOf(operation: Operation): JsonSchema {
  // Of another server's tool it can change.
  if (operation.toolkit !== undefined) return operation.toolkit.inputSchema;
  const known = schemas.get(operation.name) ?? (inputJsonSchema(operation) as JsonSchema);
  schemas.set(operation.name, known);
  return known;
}
