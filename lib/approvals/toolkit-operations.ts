import { z } from 'zod';
import { canonicalText } from '#canonical';
import { ToolkitError, UserError } from '#errors';
import { stripInvisible } from '#lib/content';
import {
  argumentsProblem,
  confirmTool,
  readWithTool,
  type ToolkitTool,
  toolkitsVersion,
  toolkitTools,
  usableTool,
  writeWithTool,
} from '#lib/toolkits';
import type { Context, Operation, Proposal, ReadOperation, WriteOperation } from '#lib/tools';
import type { FieldDiff } from '#lib/wire';

const anything = z.looseObject({});
const answer = z.object({ text: z.string(), structured: z.record(z.string(), z.unknown()).nullable() });

const words = (name: string): string => name.replaceAll(/[_-]+/g, ' ');

function common(tool: ToolkitTool) {
  const { toolkit, operation, title, description } = tool;
  return {
    name: operation,
    title: `${toolkit.name}: ${title}`,
    tag: toolkit.slug,
    alsoTags: [],
    summary: `A tool of the toolkit ${toolkit.name}, not of Confluence. Its server describes it as: “${description.replaceAll(/[“”"]/g, "'")}”`,
    aliases: [],
    keywords: '',
    examples: [`${toolkit.name} ${words(tool.name)}`],
    connection: 'unneeded' as const,
    scopes: [],
    input: anything,
    output: answer,
    toolkit: {
      slug: toolkit.slug,
      name: toolkit.name,
      host: toolkit.host,
      inputSchema: tool.inputSchema,
      problem: (args: Record<string, unknown>) => argumentsProblem(tool, args),
      blocked: tool.blocked,
    },
  };
}

const using = (ctx: Context) => ({ user: ctx.user, signal: ctx.signal, progress: ctx.progress });

function readOperation(tool: ToolkitTool): ReadOperation {
  return {
    ...common(tool),
    tier: 'read',
    async run(ctx, input) {
      const { text, structured, failed } = await readWithTool(
        tool.operation,
        input as Record<string, unknown>,
        using(ctx),
      );
      const said = text.trim() === '' ? '(The answer is empty.)' : text;
      return {
        text: `${tool.toolkit.name} (${tool.toolkit.host}) ${failed ? 'says that it failed' : 'answered'}:\n${said}`,
        data: { text, structured, ...(failed ? { failed } : {}) },
        sources: [],
        label: failed
          ? 'says that it failed'
          : `answered with ${text.length.toLocaleString('en')} characters`,
        untrusted: true,
      };
    },
  };
}

/** Arguments as rows of a card, values in full: what is not plain text as JSON. */
function rows(args: Record<string, unknown>): FieldDiff[] {
  return Object.entries(args).map(([name, value]) => ({
    label: stripInvisible(name),
    before: null,
    after: typeof value === 'string' ? stripInvisible(value) : JSON.stringify(value, null, 2),
  }));
}

const hides = (value: unknown): boolean => {
  const text = JSON.stringify(value);
  return stripInvisible(text) !== text;
};

function proposalOf(tool: ToolkitTool, input: Record<string, unknown>): Proposal {
  // Keys in one order, so that the same call is the same bytes.
  const args = JSON.parse(canonicalText(input)) as Record<string, unknown>;
  const { name, host, slug } = tool.toolkit;
  return {
    operation: tool.operation,
    input: args,
    title: `${name}: ${tool.title}`,
    target: { kind: 'other', id: null, title: `${tool.name} at ${host}`, space: null, url: null },
    baseVersion: null,
    request: { tool: tool.name, arguments: args, fingerprint: tool.fingerprint },
    diff: { fields: rows(args), body: null },
    warnings: hides(args)
      ? [
          {
            code: 'hidden_characters',
            message: 'The values hold characters that cannot be seen; they are sent along.',
            mustConfirm: true,
          },
        ]
      : [],
    editable: null,
    undo: {
      possible: false,
      why: `what a tool of ${name} does cannot be taken back from here, nor read back to be compared.`,
    },
    toolkit: { slug, name, host },
  };
}

type Request = { arguments: Record<string, unknown>; fingerprint: string };
const requestOf = (proposal: Proposal): Request => proposal.request as Request;

/** What a stored write does, whatever has become of its tool meanwhile. */
function actions(
  operation: string,
): Pick<WriteOperation, 'rebase' | 'apply' | 'verify' | 'settle' | 'inverse'> {
  const toolkitOf = (proposal: Proposal): string => proposal.toolkit?.name ?? 'the toolkit';
  return {
    async rebase(ctx, proposal) {
      await confirmTool(operation, requestOf(proposal).fingerprint, using(ctx));
      return { kind: 'current' };
    },
    async apply(ctx, proposal) {
      const { arguments: args, fingerprint } = requestOf(proposal);
      const { text, failed } = await writeWithTool(operation, fingerprint, args, using(ctx));
      const said = stripInvisible(text).slice(0, 4000);
      if (failed) {
        throw new ToolkitError('toolkit_rejected', `${toolkitOf(proposal)} says that it failed.`, {
          next: `Whether a part of it was done can be seen in ${toolkitOf(proposal)} only.`,
          data: { said },
        });
      }
      return { targetId: null, title: null, url: null, version: null, receipt: { said } };
    },
    verify: async (_ctx, proposal) => ({
      ok: false,
      answered: true,
      summary: `${toolkitOf(proposal)} answered that it is done. It cannot be read back from here.`,
      version: null,
      details: [],
    }),
    settle: async (_ctx, proposal) => ({
      kind: 'unknown',
      found: `It was sent, and no answer came; from here it cannot be seen what ${toolkitOf(proposal)} did with it.`,
    }),
    inverse: async (_ctx, proposal) => ({ impossible: proposal.undo.possible ? '' : proposal.undo.why }),
  };
}

function toolkitWriteOperation(tool: ToolkitTool): WriteOperation {
  return {
    ...common(tool),
    tier: tool.tier === 'destructive' ? 'destructive' : 'write',
    preview: async (_ctx, input) => proposalOf(usableTool(tool.operation), input as Record<string, unknown>),
    ...actions(tool.operation),
  };
}

/** Stands for a tool that is no longer there, so that the record can still be shown. */
function goneOperation(name: string): WriteOperation {
  const refuse = (): never => {
    throw new UserError('not_possible', `“${name}” is not to be had any more.`, { next: 'Ask an admin.' });
  };
  const [slug = ''] = name.split('__');
  return {
    name,
    title: words(name.replace('__', ': ')),
    tag: slug,
    alsoTags: [],
    summary: '',
    aliases: [],
    keywords: '',
    examples: [],
    connection: 'unneeded',
    scopes: [],
    input: anything,
    output: answer,
    tier: 'destructive',
    toolkit: { slug, name: slug, host: '', inputSchema: {}, problem: () => null, blocked: 'It is gone.' },
    preview: async () => refuse(),
    ...actions(name),
  };
}

const slot = globalThis as {
  __confabToolkitOperations?: { version: number; operations: readonly Operation[] };
};

/** The tools of all toolkits that people may use, as operations; the same objects until something changes. */
export function toolkitOperations(): readonly Operation[] {
  const version = toolkitsVersion();
  if (slot.__confabToolkitOperations?.version !== version) {
    const operations = toolkitTools().map((tool) =>
      tool.tier === 'read' ? readOperation(tool) : toolkitWriteOperation(tool),
    );
    slot.__confabToolkitOperations = { version, operations };
  }
  return slot.__confabToolkitOperations?.operations ?? [];
}

/** The write of a toolkit with this name, also where its tool only reads by now, or is gone; null for another name. */
export function toolkitWrite(name: string): WriteOperation | null {
  if (!name.includes('__')) return null;
  const tool = toolkitTools().find(({ operation }) => operation === name);
  return tool === undefined ? goneOperation(name) : toolkitWriteOperation(tool);
}
