import { UserError } from '#errors';
import { cut, usualOutput } from '#lib/router';
import { errorAnswer } from './answers.ts';
import type { Answer, Call } from './deps.ts';
import { runOperation } from './operations.ts';
import { fillReferences } from './references.ts';

const most = 10;

type Item = { operation: string; input: Record<string, unknown> };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function itemOf(given: unknown, at: number): Item {
  if (!isRecord(given) || typeof given.operation !== 'string' || given.operation.trim() === '') {
    throw new UserError('invalid_input', `calls[${at}] has no operation.`, {
      next: 'Each call is { "operation": name, "input": { … } }.',
    });
  }
  if (given.input !== undefined && !isRecord(given.input)) {
    throw new UserError('invalid_input', `The input of calls[${at}] must be an object.`);
  }
  return { operation: given.operation.trim(), input: (given.input as Item['input'] | undefined) ?? {} };
}

function itemsOf(calls: unknown): Item[] {
  if (!Array.isArray(calls) || calls.length === 0 || calls.length > most) {
    throw new UserError('invalid_input', `calls must be a list of 1 to ${most} calls.`, {
      next: 'Each call is { "operation": name, "input": { … } }; split a longer list.',
    });
  }
  return calls.map(itemOf);
}

type Done = { operation: string; answer: Answer };

async function runItem(call: Call, item: Item, before: readonly Done[]): Promise<Answer> {
  try {
    const data = before.map(({ answer }) => (answer.isError === true ? null : answer.data));
    const input = fillReferences(item.input, data);
    return await runOperation(call, { name: item.operation, input, tiers: ['read'] });
  } catch (error) {
    call.signal.throwIfAborted();
    return errorAnswer(error);
  }
}

/**
 * Several reads in one call, in order. An input may take a value from an earlier answer:
 * `{ "$ref": "0.results.0.id" }`, or `0.results.*.id` for a list. One that fails does not stop the others.
 * Answers share one size, so that ten calls do not give ten times the text.
 * @throws UserError `invalid_input` where the list itself is wrong.
 */
export async function runBatch(call: Call, calls: unknown): Promise<Answer> {
  const items = itemsOf(calls);
  const done: Done[] = [];
  for (const [at, item] of items.entries()) {
    call.progress(`${item.operation} (${at + 1} of ${items.length})`);
    done.push({ operation: item.operation, answer: await runItem(call, item, done) });
  }
  const share = Math.floor((usualOutput.maxChars * 2) / items.length);
  const parts = done.map(({ operation, answer }, at) => {
    const head = `[${at}] ${operation}${answer.isError === true ? ' (failed)' : ''}`;
    const { text, note } = cut(answer.text, { ...usualOutput, maxChars: Math.max(share, 1500) });
    const left = note === null ? '' : `\n(Cut here: call ${operation} alone for all of it.)`;
    return `${head}\n${text}${left}`;
  });
  const failed = done.filter(({ answer }) => answer.isError === true).length;
  const ask = done.find(({ answer }) => answer.ask?.page === 'connect')?.answer.ask;
  const limited = done.find(({ answer }) => 'rate_limit' in answer.data)?.answer.data;
  const connect = done.find(({ answer }) => 'connect_url' in answer.data)?.answer.data;
  return {
    text: parts.join('\n\n'),
    short: `${done.length} calls, ${failed} failed`,
    data: {
      answers: done.map(({ operation, answer }) => ({
        operation,
        ok: answer.isError !== true,
        data: answer.data,
      })),
      ...(connect === undefined ? {} : { connect_url: connect.connect_url }),
      ...(limited === undefined ? {} : { rate_limit: limited.rate_limit }),
    },
    ...(failed === done.length ? { isError: true, ...(ask === undefined ? {} : { ask }) } : {}),
    ...(connect === undefined && limited === undefined ? {} : { alwaysData: true }),
  };
}
