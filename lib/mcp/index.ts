/** The catalogue as an MCP server, and as plain HTTP for scripts. */
import { createMcpHost } from './host.ts';
import { createHttpHost, createOpenApiHost } from './plain-http.ts';
import { realDeps } from './real-deps.ts';

/** Serves `/api/mcp` and, with the key of the path, `/api/mcp/k/<key>`. */
export const handleMcp = createMcpHost(realDeps);
/** Serves `POST /api/operations/{name}`. */
export const handleOperation = createHttpHost(realDeps);
/** Serves `GET /api/openapi.json`. */
export const handleOpenApi = createOpenApiHost(realDeps);
export { resolveSpaces } from './limits.ts';
export { tryConnection } from './try-connection.ts';
