import type { Tool, ToolAnnotations } from '@modelcontextprotocol/server';
import { UserError } from '#errors';
import { inputJsonSchema, type Operation } from '#lib/router';
import { runOperation } from './operations.ts';
import { hints, type McpTool, outputFormat, type Surface } from './surface.ts';

/** What people elsewhere call a tag of ours. */
const entityNames: Readonly<Record<string, string>> = { hierarchy: 'content' };

const entityOf = (operation: Operation): string => entityNames[operation.tag] ?? operation.tag;

/** The short names of an action: `get` of the alias `pages.get`, beside the operation's own name. */
function actionsOf(operation: Operation, entity: string): string[] {
  const short = operation.aliases
    .filter((alias) => alias.startsWith(`${entity}.`))
    .map((alias) => alias.slice(entity.length + 1));
  return [operation.name, ...short];
}

/** The inputs of an action in one line: `page, format?, section?`. */
function inputsLine(operation: Operation): string {
  const { properties, required } = inputJsonSchema(operation);
  const must = Array.isArray(required) ? required : [];
  return Object.keys((properties as object | undefined) ?? {})
    .map((name) => (must.includes(name) ? name : `${name}?`))
    .join(', ');
}

/** As cautious as the most dangerous action of the tool. */
function annotationsOf(operations: readonly Operation[]): ToolAnnotations {
  const tiers = operations.map(({ tier }) => tier);
  if (tiers.includes('destructive')) return hints.destructive;
  return tiers.includes('write') ? hints.write : hints.read;
}

/** One property for each input any action takes; where actions disagree about its form, any of their forms. */
function propertiesOf(operations: readonly Operation[]): Record<string, object> {
  const forms = new Map<string, Set<string>>();
  for (const operation of operations) {
    for (const [name, schema] of Object.entries((inputJsonSchema(operation).properties ?? {}) as object)) {
      forms.set(name, (forms.get(name) ?? new Set()).add(JSON.stringify(schema)));
    }
  }
  return Object.fromEntries(
    [...forms].map(([name, known]) => {
      const schemas = [...known].map((form) => JSON.parse(form) as object);
      return [name, schemas.length === 1 ? (schemas[0] ?? {}) : { anyOf: schemas }];
    }),
  );
}

function definition(entity: string, operations: readonly Operation[]): Tool {
  const lines = operations.map(
    (operation) =>
      `${actionsOf(operation, entity).join(' | ')}: ${operation.summary} (${operation.tier}; ${inputsLine(operation)})`,
  );
  return {
    name: entity,
    title: `Confluence ${entity.replaceAll('_', ' ')}`,
    description: `Choose an action:\n${lines.join('\n')}`,
    inputSchema: {
      type: 'object',
      properties: {
        action: {
          type: 'string',
          enum: operations.flatMap((operation) => actionsOf(operation, entity)),
        },
        ...propertiesOf(operations),
        output_format: outputFormat,
      },
      required: ['action'],
    },
    annotations: annotationsOf(operations),
  };
}

function toolOf(entity: string, operations: readonly Operation[]): McpTool {
  const byAction = new Map(
    operations.flatMap((operation) => actionsOf(operation, entity).map((name) => [name, operation] as const)),
  );
  return {
    definition: definition(entity, operations),
    run(call, { action, ...input }) {
      const operation = typeof action === 'string' ? byAction.get(action) : undefined;
      if (operation === undefined) {
        throw new UserError('invalid_input', `"${String(action ?? '')}" is not an action of ${entity}.`, {
          next: `Use one of: ${[...byAction.keys()].join(', ')}.`,
        });
      }
      return runOperation(call, { name: operation.name, input, tiers: [operation.tier] });
    },
  };
}

/** One tool for each kind of thing, with an `action` argument; only the actions that the key allows. */
export const entitiesSurface: Surface = (limits, deps) => {
  const entities = new Map<string, Operation[]>();
  for (const operation of deps.operations) {
    if (deps.refusal(operation, limits) !== null) continue;
    const entity = entityOf(operation);
    entities.set(entity, [...(entities.get(entity) ?? []), operation]);
  }
  return [...entities].map(([entity, operations]) => toolOf(entity, operations));
};
