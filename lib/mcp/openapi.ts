import { env } from '#env';
import { inputJsonSchema, type Operation, outputJsonSchema } from '#lib/router';
import packageJson from '../../package.json' with { type: 'json' };
import type { McpDeps, Principal } from './deps.ts';

const problemRef = { $ref: '#/components/responses/Problem' };
const json = (schema: unknown) => ({ 'application/json': { schema } });

const changeSchema = {
  type: 'object',
  properties: {
    change_id: { type: 'string' },
    status: { type: 'string' },
    title: { type: 'string' },
    approval_url: { type: ['string', 'null'], description: 'Where a person decides' },
    expires_at: { type: ['string', 'null'] },
  },
  required: ['status'],
};

function answersOf(operation: Operation): Record<string, unknown> {
  const data = (schema: unknown) =>
    json({
      type: 'object',
      properties: { data: schema, text: { type: 'string' } },
      required: ['data'],
    });
  const change = { $ref: '#/components/schemas/Change' };
  if (operation.tier === 'read' || 'plan' in operation)
    return { 200: { description: operation.title, content: data(outputJsonSchema(operation)) } };
  return {
    200: {
      description: 'Nothing to do, or applied at once under the policy of the key',
      content: data(change),
    },
    202: { description: 'Proposed: a person decides', content: data(change) },
  };
}

function pathOf(operation: Operation): Record<string, unknown> {
  const { properties, ...schema } = inputJsonSchema(operation);
  return {
    post: {
      operationId: operation.name,
      summary: operation.title,
      description: operation.summary,
      tags: [operation.tag],
      requestBody: {
        required: true,
        content: json({
          ...schema,
          properties: {
            ...(properties as object),
            output_format: { type: 'string', enum: ['structured', 'both', 'verbose'], default: 'structured' },
          },
        }),
      },
      responses: { ...answersOf(operation), default: problemRef },
    },
  };
}

/**
 * The OpenAPI 3.1 document of the plain HTTP calls, made from the catalogue.
 * @param principal whose key limits what is listed; null: everything there is
 */
export function openApiDocument(
  deps: Pick<McpDeps, 'operations' | 'refusal'>,
  principal: Principal | null,
): Record<string, unknown> {
  const listed = deps.operations.filter(
    (operation) => principal === null || deps.refusal(operation, principal.limits) === null,
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Confab',
      version: packageJson.version,
      description:
        'Confluence for scripts and automations. Each operation takes its input as JSON. What writes is proposed and waits for a person (202), unless the key trusts its caller.',
    },
    servers: [{ url: env().publicUrl }],
    security: [{ key: [] }],
    tags: [...new Set(listed.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: Object.fromEntries(
      listed.map((operation) => [`/api/operations/${operation.name}`, pathOf(operation)]),
    ),
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key made under Settings, MCP (cfb_…)' },
      },
      schemas: {
        Change: changeSchema,
        Problem: {
          type: 'object',
          properties: {
            status: { type: 'integer' },
            code: { type: 'string' },
            detail: { type: 'string' },
            next: { type: 'string' },
            connect_url: { type: 'string' },
            rate_limit: {
              type: 'object',
              description: 'A limit of Atlassian that was reached; RateLimit-* and Retry-After say the same',
              properties: {
                limit: { type: ['integer', 'null'] },
                remaining: { type: 'integer' },
                reset_seconds: { type: 'integer' },
              },
              required: ['limit', 'remaining', 'reset_seconds'],
            },
          },
          required: ['status', 'code', 'detail'],
        },
      },
      responses: {
        Problem: {
          description: 'What went wrong, and what to do (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}
