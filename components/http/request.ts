import type { ErrorView } from '#lib/wire';

/** A call to our own server that was refused or failed, with what to tell the person. */
export class RequestError extends Error {
  readonly view: ErrorView;
  readonly status: number;

  constructor(view: ErrorView, status: number) {
    super(view.message);
    this.name = 'RequestError';
    this.view = view;
    this.status = status;
  }
}

const unreachable: ErrorView = {
  code: 'internal',
  actor: 'operator',
  message: 'The server did not answer.',
  next: 'Check that Confab is running and that you are online, then try again.',
};

const unreadable: ErrorView = {
  code: 'internal',
  actor: 'us',
  message: 'The server gave an answer that cannot be read.',
  next: 'Try again. If it happens again, the log of the server says why.',
};

/** True when a value has the shape of the server's error view. */
export function isErrorView(value: unknown): value is ErrorView {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}

/** The view of anything thrown in the browser. */
export function toView(error: unknown): ErrorView {
  if (error instanceof RequestError) return error.view;
  return {
    code: 'internal',
    actor: 'us',
    message: 'Something went wrong in this page.',
    next: 'Reload the page.',
  };
}

/** After this the page is gone, so the caller's promise is left open on purpose. */
function goToSignIn(): Promise<never> {
  const back = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?returnTo=${encodeURIComponent(back)}`);
  return new Promise(() => {});
}

function payload(body: unknown): RequestInit {
  if (body === undefined) return {};
  // The browser names the boundary of a form itself.
  if (body instanceof FormData) return { body };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/**
 * Calls a route of our own server with JSON, or with a form that carries files, and gives its JSON answer (undefined when it has none).
 * Where the login session has ended it goes to the sign-in page and back here afterwards.
 * @throws RequestError with the server's own words, or ours where the server cannot be reached.
 */
export async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      ...payload(body),
      cache: 'no-store',
    });
  } catch {
    throw new RequestError(unreachable, 0);
  }
  const text = await response.text();
  let answer: unknown;
  try {
    answer = text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new RequestError(unreadable, response.status);
  }
  if (response.ok) return answer as T;
  const view = (answer as { error?: unknown } | undefined)?.error;
  if (response.status === 401) return goToSignIn();
  throw new RequestError(isErrorView(view) ? view : unreadable, response.status);
}
