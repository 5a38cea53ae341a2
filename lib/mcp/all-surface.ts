import type { Tool } from '@modelcontextprotocol/server';
import { inputJsonSchema, type JsonSchema, type Operation, outputJsonSchema } from '#lib/router';
import { runOperation } from './operations.ts';
import { hints, localHints, outputFormat, type Surface } from './surface.ts';

const record = { type: 'object' };
const text = { type: 'string' };

/** What every tool may answer instead: clients hold answers against the schema even where they are errors. */
const errorBranch: JsonSchema = {
  type: 'object',
  properties: { error: record, connect_url: text },
  required: ['error'],
};

/** A write never just happens: it is proposed, stands somewhere on its way, or is not needed. */
const changeBranch: JsonSchema = {
  type: 'object',
  properties: { change_id: text, status: text, approval_url: { type: ['string', 'null'] } },
  required: ['status'],
};

/** The data of an answer: a read's own or a proposal, or what went wrong (no connection, with the link to connect). */
function outputSchema(operation: Operation): Tool['outputSchema'] {
  const answers = operation.tier === 'read' || 'plan' in operation || 'immediate' in operation;
  const changes = operation.tier !== 'read' || operation.name === 'get_change';
  return {
    type: 'object',
    anyOf: [
      ...(answers ? [outputJsonSchema(operation)] : []),
      ...(changes ? [changeBranch] : []),
      errorBranch,
    ],
  };
}

function inputSchema(operation: Operation): Tool['inputSchema'] {
  const { properties, ...rest } = inputJsonSchema(operation);
  return {
    ...rest,
    type: 'object',
    properties: { ...(properties as Record<string, JsonSchema>), output_format: outputFormat },
  };
}

function definition(operation: Operation): Tool {
  return {
    name: operation.name,
    title: operation.title,
    description: operation.summary,
    inputSchema: inputSchema(operation),
    outputSchema: outputSchema(operation),
    annotations:
      operation.connection === 'unneeded' && operation.tier === 'read' ? localHints : hints[operation.tier],
  };
}

/** Every operation the key allows as a tool of its own, with output schemas. */
export const allSurface: Surface = (limits, deps) =>
  deps.operations
    .filter((operation) => deps.refusal(operation, limits) === null)
    .map((operation) => ({
      definition: definition(operation),
      promisesData: true,
      run: (call, args) => runOperation(call, { name: operation.name, input: args, tiers: [operation.tier] }),
    }));
