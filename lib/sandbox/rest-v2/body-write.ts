import type { JsonBody } from '../http/json-body.ts';
import { badRequest } from '../http/problem.ts';
import { keptAdf } from '../render/adf-only.ts';
import { AdfProblem, adfToStorage } from '../render/adf-to-storage.ts';
import type { Call } from '../rest/route.ts';
import { storable } from '../rest/writes.ts';

/**
 * Reads a written body, either `{representation, value}` or nested under the representation's name, and answers
 * the storage format to keep. Undefined when there is no body at all. `before`: what stands there now.
 */
export function readBody(call: Call, request: JsonBody, before?: string): string | undefined {
  const body = request.object('body');
  if (!body) return undefined;
  const nested = body.object('storage') ?? body.object('atlas_doc_format') ?? body.object('wiki') ?? body;
  const named = ['storage', 'atlas_doc_format', 'wiki'].find((name) => body.has(name));
  const representation = nested.text('representation') ?? named;
  const raw = nested.value.value;
  if (typeof raw !== 'string') throw badRequest("The 'value' of a body must be a string.");
  if (representation === 'storage') return storable(call.app, raw, before);
  if (representation === 'atlas_doc_format') return keptAdf(raw) ?? storable(call.app, fromAdf(raw), before);
  if (representation === 'wiki')
    throw badRequest('The practice Confluence cannot convert wiki markup; send storage or atlas_doc_format.');
  throw badRequest(`Invalid body representation: '${representation ?? ''}'.`);
}

function fromAdf(value: string): string {
  try {
    return adfToStorage(value);
  } catch (error) {
    if (error instanceof AdfProblem) throw badRequest(error.message);
    throw error;
  }
}
