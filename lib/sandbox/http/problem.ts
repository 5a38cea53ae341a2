/** Which of Confluence's three error bodies an answer has: REST v1, REST v2, or the gateway in front. */
type ProblemShape = 'v1' | 'v2' | 'gateway';

/** A refused request: HTTP status, a code for machines and a text for people. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | null;
  readonly headers: Record<string, string>;
  /** Set when the gateway answers, whatever the path. */
  readonly gateway: boolean;

  constructor(
    status: number,
    title: string,
    more: { code?: string; detail?: string; headers?: Record<string, string>; gateway?: boolean } = {},
  ) {
    super(title);
    this.name = 'Problem';
    this.status = status;
    this.code = more.code ?? codes[status] ?? 'INTERNAL_SERVER_ERROR';
    this.detail = more.detail ?? null;
    this.headers = more.headers ?? {};
    this.gateway = more.gateway ?? false;
  }
}

const codes: Record<number, string> = {
  400: 'INVALID_REQUEST_PARAMETER',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'GONE',
  413: 'REQUEST_TOO_LARGE',
  501: 'NOT_IMPLEMENTED',
};

// v1 messages start with the name of a Java class; clients have to strip it.
const exceptions: Record<number, string> = {
  400: 'com.atlassian.confluence.api.service.exceptions.BadRequestException: ',
  403: 'com.atlassian.confluence.api.service.exceptions.PermissionException: ',
  404: 'com.atlassian.confluence.api.service.exceptions.NotFoundException: ',
  409: 'com.atlassian.confluence.api.service.exceptions.ConflictException: ',
};

/** The JSON body of a problem in one of the three shapes (facts on errors: v1 `message`, v2 `errors[].title`). */
export function problemBody(problem: Problem, shape: ProblemShape): unknown {
  if (shape === 'gateway' || problem.gateway) return { code: problem.status, message: problem.message };
  if (shape === 'v2')
    return {
      errors: [
        { status: problem.status, code: problem.code, title: problem.message, detail: problem.detail },
      ],
    };
  return {
    statusCode: problem.status,
    data: {
      authorized: problem.status !== 401 && problem.status !== 403,
      valid: problem.status !== 400,
      errors: problem.status === 400 ? [{ message: { translation: problem.message, args: [] } }] : [],
      successful: false,
    },
    message: `${exceptions[problem.status] ?? ''}${problem.message}`,
  };
}

/** Thing missing or not visible, worded as v2 does. */
export function notFound(what = 'Not Found'): Problem {
  return new Problem(404, what);
}

/** A request that cannot be accepted as it is. */
export function badRequest(what: string): Problem {
  return new Problem(400, what);
}
