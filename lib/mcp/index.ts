/** The catalogue as an MCP server. */
import { createMcpHost } from './host.ts';
import { realDeps } from './real-deps.ts';

/** Serves `/api/mcp` and, with the key of the path, `/api/mcp/k/<key>`. */
export const handleMcp = createMcpHost(realDeps);
export { resolveSpaces } from './limits.ts';
