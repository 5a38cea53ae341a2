import type { Revision } from './conformance.ts';

/**
 * What a scenario must come to: how many of its checks succeed, because some scenarios pass with none.
 * `lacks`: why the others cannot, as the suite words it; any other failure fails the story.
 */
export type Expected = { succeed: number; lacks?: string };

/** A scenario around a tool, prompt or resource of the suite's own. What it does check: every message is valid. */
const needs = (lacks: string): Expected => ({ succeed: 1, lacks });
const tool = (name: string): Expected => needs(`Unknown tool: ${name}`);
const prompt = (name: string): Expected => needs(`Unknown prompt: ${name}`);
const resource = (uri: string): Expected => needs(`Resource not found: ${uri}`);
const notOffered = needs('Method not found');

const ofBoth: Record<string, Expected> = {
  'completion-complete': { succeed: 2 },
  'dns-rebinding-protection': { succeed: 2 },
  'json-schema-2020-12': needs("Tool 'json_schema_2020_12_tool' not found"),
  'prompts-get-embedded-resource': prompt('test_prompt_with_embedded_resource'),
  'prompts-get-simple': prompt('test_simple_prompt'),
  'prompts-get-with-args': prompt('test_prompt_with_arguments'),
  'prompts-get-with-image': prompt('test_prompt_with_image'),
  'prompts-list': { succeed: 2 },
  'resources-list': { succeed: 2 },
  'resources-read-binary': resource('test://static-binary'),
  'resources-read-text': resource('test://static-text'),
  'resources-templates-read': resource('test://template/123/data'),
  'tools-call-audio': tool('test_audio_content'),
  'tools-call-embedded-resource': tool('test_embedded_resource'),
  'tools-call-error': tool('test_error_handling'),
  'tools-call-image': tool('test_image_content'),
  'tools-call-mixed-content': tool('test_multiple_content_types'),
  'tools-call-simple-text': tool('test_simple_text'),
  'tools-call-with-progress': tool('test_tool_with_progress'),
};

const inputRequired = 'test_input_required_result';

/** The scenarios that each revision requires of a server, all of them. */
export const expected: Record<Revision, Record<string, Expected>> = {
  '2025-11-25': {
    ...ofBoth,
    'elicitation-sep1034-defaults': tool('test_elicitation_sep1034_defaults'),
    'elicitation-sep1330-enums': tool('test_elicitation_sep1330_enums'),
    // Logging is deprecated and nothing here is worth subscribing to: neither capability is declared.
    'logging-set-level': notOffered,
    'resources-subscribe': notOffered,
    'resources-unsubscribe': notOffered,
    'tools-call-with-logging': notOffered,
    ping: { succeed: 2 },
    'server-initialize': { succeed: 2 },
    // No session is kept for a client that needs none, so there is none to check.
    'server-session-lifecycle': { succeed: 0 },
    'server-sse-multiple-streams': { succeed: 0 },
    'server-sse-polling': { succeed: 0 },
    'tools-call-elicitation': tool('test_elicitation'),
    'tools-call-sampling': tool('test_sampling'),
    'tools-list': { succeed: 3 },
  },
  '2026-07-28': {
    ...ofBoth,
    caching: { succeed: 8 },
    'http-custom-header-server-validation': needs('server exposes no tool with x-mcp-header annotations'),
    'http-header-validation': { succeed: 14 },
    'input-required-result-basic-elicitation': tool(`${inputRequired}_elicitation`),
    'input-required-result-basic-list-roots': tool(`${inputRequired}_list_roots`),
    'input-required-result-basic-sampling': tool(`${inputRequired}_sampling`),
    'input-required-result-capability-check': tool(`${inputRequired}_capabilities`),
    'input-required-result-ignore-extra-params': tool(`${inputRequired}_elicitation`),
    'input-required-result-missing-input-response': needs(
      'Server returned JSON-RPC error instead of re-requesting',
    ),
    'input-required-result-multi-round': needs('Expected InputRequiredResult with inputRequests'),
    'input-required-result-multiple-input-requests': tool(`${inputRequired}_multiple_inputs`),
    'input-required-result-non-tool-request': prompt(`${inputRequired}_prompt`),
    'input-required-result-request-state': tool(`${inputRequired}_request_state`),
    'input-required-result-result-type': tool(`${inputRequired}_elicitation`),
    'input-required-result-tampered-state': needs('could not get initial InputRequiredResult'),
    'input-required-result-unsupported-methods': { succeed: 2 },
    'input-required-result-validate-input': { succeed: 3 },
    'sep-2164-resource-not-found': { succeed: 4 },
    'server-sse-multiple-streams': { succeed: 1 },
    'server-stateless': { succeed: 24, lacks: 'server does not list the diagnostic tool' },
    'tools-list': { succeed: 4 },
  },
};

/** Scenarios of the Tasks extension, which is not declared: run by the suite, and never scored. */
export const ofUndeclaredExtension = (scenario: string): boolean => scenario.startsWith('tasks-');
