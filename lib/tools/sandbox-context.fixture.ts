import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConfluence, granularScopes } from '#lib/confluence';
import { log } from '#log';
import { operationAt } from '../sandbox/contract/documents.fixture.ts';
import { requestProblems, type SeenRequest } from '../sandbox/contract/request-check.fixture.ts';
import {
  type Context,
  isBulk,
  type Limits,
  type NoChange,
  noLimits,
  type Operation,
  operations,
  type PlanList,
  type Proposal,
  type ReadResult,
  type WriteOperation,
} from './index.ts';

type Running = { url: string; close(): Promise<void> };
type Start = (o: {
  port: number;
  host: string;
  dataDir: string;
  seen: (request: SeenRequest) => void;
}) => Promise<Running>;

export type TestSite = {
  sandbox: Running;
  /** Every REST request so far, as `METHOD /path` with `{}` for parameters. */
  asked: string[];
  /** Where an answer did not fit the schemas of confluence.js. */
  drift: Set<string>;
  stop(): Promise<void>;
};

/**
 * The practice Confluence with its demo content, in a folder of its own. `stop` fails when a request was sent that
 * Atlassian's document does not allow, or an answer did not fit the schemas of confluence.js.
 */
export async function startSite(startSandbox: Start): Promise<TestSite> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tools-'));
  const wrong = new Set<string>();
  const asked: string[] = [];
  const drift = new Set<string>();
  const sandbox = await startSandbox({
    port: 0,
    host: '127.0.0.1',
    dataDir,
    seen: (request) => {
      for (const problem of requestProblems(request)) wrong.add(problem);
      asked.push(`${request.method} ${operationAt(request.method, request.path)?.at ?? request.path}`);
    },
  });
  return {
    sandbox,
    asked,
    drift,
    async stop() {
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
      if (drift.size > 0) throw new Error(`Answers that do not fit confluence.js:\n${[...drift].join('\n')}`);
      if (wrong.size > 0) throw new Error(`Requests the document does not allow:\n${[...wrong].join('\n')}`);
    },
  };
}

const people = {
  ada: { name: 'Ada Moreno', email: 'ada@halden.example' },
  ben: { name: 'Ben Okafor', email: 'ben@halden.example' },
};

/** Where confluence.js and Atlassian's document differ; the practice Confluence follows the document. */
const knownDrift = [
  { endpoint: /\/spaces\/\{\}\/properties/, why: 'authorId in confluence.js, createdBy in the document' },
];

/** A context of one person by API token; each call has its own, as in the app. */
export async function contextFor(
  site: TestSite,
  who: 'ada' | 'ben' = 'ada',
  limits: Limits = noLimits,
): Promise<Context> {
  const { name, email } = people[who];
  const header = `Basic ${btoa(`${email}:sandbox-token-${who}`)}`;
  const { url } = site.sandbox;
  const me = (await (
    await fetch(`${url}/wiki/rest/api/user/current`, { headers: { authorization: header } })
  ).json()) as { accountId: string };
  const home = { id: 'c1a7e0de-5f3b-4c55-9a44-0a1de2b0c001', name: 'Halden Robotics', url };
  return {
    user: { id: `usr_${who}`, name },
    connection: {
      id: `con_${who}`,
      userId: `usr_${who}`,
      mode: 'api_token',
      account: { id: me.accountId, name, email },
      site: home,
      scopes: [...granularScopes],
    },
    confluence: createConfluence({
      apiUrl: url,
      site: home,
      via: 'site',
      credentials: async () => ({ header, scopes: null }),
      onDrift: (endpoint, paths) => {
        for (const path of paths)
          if (!knownDrift.some((one) => one.endpoint.test(endpoint))) site.drift.add(`${endpoint}: ${path}`);
      },
    }),
    limits,
    signal: AbortSignal.timeout(60_000),
    log,
    chatId: null,
    progress: () => {},
  };
}

export function operation(name: string): Operation {
  const found = operations.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no operation ${name}`);
  return found;
}

export function write(name: string): WriteOperation {
  const found = operation(name);
  if (found.tier === 'read' || isBulk(found)) throw new Error(`${name} is no single write`);
  return found;
}

/** Runs a read and checks its data against its own output schema. */
export async function read(ctx: Context, name: string, input: Record<string, unknown>): Promise<ReadResult> {
  const found = operation(name);
  if (found.tier !== 'read') throw new Error(`${name} writes`);
  const result = await found.run(ctx, found.input.parse(input));
  found.output.parse(result.data);
  return result;
}

/** The list a bulk operation works out, checked against its output schema. */
export async function plan(ctx: Context, name: string, input: Record<string, unknown>): Promise<PlanList> {
  const found = operation(name);
  if (!isBulk(found)) throw new Error(`${name} is no bulk operation`);
  const list = await found.plan(ctx, found.input.parse(input));
  found.output.parse(list.data);
  return list;
}

/** Works a write out; the proposal as it would come back from the database. */
export async function preview(ctx: Context, name: string, input: Record<string, unknown>): Promise<Proposal> {
  const found = write(name);
  const proposal: Proposal | NoChange = await found.preview(ctx, found.input.parse(input));
  if ('noChange' in proposal) throw new Error(proposal.text);
  return JSON.parse(JSON.stringify(proposal)) as Proposal;
}

/** Rebases, applies and verifies a proposal as approvals do. */
export async function apply(ctx: Context, proposal: Proposal) {
  const found = write(proposal.operation);
  const state = await found.rebase(ctx, proposal);
  if (state.kind !== 'current') throw new Error(`not current: ${state.kind}`);
  const outcome = JSON.parse(JSON.stringify(await found.apply(ctx, proposal))) as Awaited<
    ReturnType<WriteOperation['apply']>
  >;
  return { outcome, verification: await found.verify(ctx, proposal, outcome) };
}

/** The inverse of an applied proposal, applied. */
export async function undo(
  ctx: Context,
  proposal: Proposal,
  outcome: Awaited<ReturnType<WriteOperation['apply']>>,
) {
  const inverse = await write(proposal.operation).inverse(ctx, proposal, outcome);
  if ('impossible' in inverse) throw new Error(inverse.impossible);
  return { inverse, ...(await apply(ctx, JSON.parse(JSON.stringify(inverse)) as Proposal)) };
}

/** The storage of a page as the API gives it. */
export async function storageOf(ctx: Context, id: string, version?: number): Promise<string> {
  const result = await read(ctx, 'read_page', {
    page: id,
    format: 'storage',
    max_chars: 200_000,
    ...(version === undefined ? {} : { version }),
  });
  return String(result.data.body);
}

/** A body without the local ids that Confluence gives blocks on save. */
export const bare = (storage: unknown): string =>
  String(storage).replace(/ (?:ac:)?local-id=\\?"[^"]*"/g, '');

/** A colleague saves a page meanwhile. */
export async function colleagueEdits(
  site: TestSite,
  pageId: string,
  storage: string,
  by = 'ben',
): Promise<void> {
  const answer = await fetch(`${site.sandbox.url}/_sandbox/edit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ page_id: pageId, storage, by }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Sends a request of its own to the practice Confluence, as a colleague. `body` is null where the answer holds no JSON. */
export async function sendAs(
  site: TestSite,
  who: 'ada' | 'ben',
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${site.sandbox.url}${path}`, {
    method,
    headers: {
      authorization: `Basic ${btoa(`${people[who].email}:sandbox-token-${who}`)}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json().catch(() => null)) as Record<string, unknown> };
}

/** As `sendAs`, with the answer alone. @throws Error when it was refused. */
export async function mustSendAs(...given: Parameters<typeof sendAs>): Promise<Record<string, unknown>> {
  const { status, body } = await sendAs(...given);
  if (status >= 400) throw new Error(`${given[2]} ${given[3]}: ${status} ${JSON.stringify(body)}`);
  return body;
}
