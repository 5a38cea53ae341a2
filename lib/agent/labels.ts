import type { Operation } from '#lib/router';
import type { Source } from '#lib/wire';

type Input = Record<string, unknown>;

const shorten = (text: string, most = 60): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;
const quoted = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? ` “${shorten(value)}”` : '';
const asInput = (input: unknown): Input =>
  typeof input === 'object' && input !== null ? (input as Input) : {};

const running: Record<string, (input: Input) => string> = {
  search_content: () => 'Searching Confluence…',
  read_page: (input) => `Reading${quoted(input.page) || ' a page'}…`,
  read_blog_post: (input) => `Reading${quoted(input.post) || ' a blog post'}…`,
  list_spaces: () => 'Looking through the spaces…',
  search_users: (input) => `Looking for${quoted(input.query) || ' people'}…`,
  discover_tools: () => 'Looking for the right tool…',
  create_page: (input) => `Preparing the page${quoted(input.title)}…`,
  edit_page: () => 'Preparing the edit…',
};

const finished: Record<string, (input: Input, sources: readonly Source[], label: string) => string> = {
  search_content: (input, sources) =>
    `Searched Confluence for${quoted(input.query ?? input.cql) || ' content'} · ${sources.length} ${sources.length === 1 ? 'result' : 'results'}`,
  read_page: (input, sources) => `Read${quoted(sources[0]?.title ?? input.page)}`,
  read_blog_post: (input, sources) => `Read${quoted(sources[0]?.title ?? input.post)}`,
};

/** What the run is doing, while an operation works. `operation` null: a name that is not in the catalogue. */
export function activityOf(name: string, operation: Operation | null, input: unknown): string {
  return running[name]?.(asInput(input)) ?? `${operation?.title ?? 'Working'}…`;
}

/** One line for people about a read that has answered. `label`: the operation's own line. */
export function readLabel(
  operation: Operation,
  input: unknown,
  sources: readonly Source[],
  label: string,
): string {
  return finished[operation.name]?.(asInput(input), sources, label) ?? `${operation.title} · ${label}`;
}

/** One line for people about a call that has not finished. */
export function startLabel(name: string, operation: Operation | null, input: unknown): string {
  return activityOf(name, operation, input).replace(/…$/, '');
}

export function failureLabel(operation: Operation | null, name: string, message: string): string {
  return `${operation?.title ?? name} did not work: ${shorten(message, 140)}`;
}
