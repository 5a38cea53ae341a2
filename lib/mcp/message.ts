/**
 * The JSON-RPC message of a request, read from a copy, or undefined where there is none to be had cheaply: the
 * server itself words what is wrong with a body.
 * @param most bytes
 */
export async function peekMessage(request: Request, most: number): Promise<unknown> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!(length <= most)) return undefined;
  try {
    return await request.clone().json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
