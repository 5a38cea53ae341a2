/** Other MCP servers an admin added: their tools, each person's own access to them, and calling them. */
export { addToolkit, checkToolkit, decideTool, removeToolkit, switchToolkit } from './admin.ts';
export { connectWithHeader, credentialId, disconnectToolkit } from './credentials.ts';
export { connectPathOf, mustConnect } from './failures.ts';
export { beginToolkitAuthorization, completeToolkitAuthorization } from './oauth.ts';
export { argumentsProblem, loadToolkits, toolkitBySlug, toolkitsVersion, toolkitTools } from './registry.ts';
export type { CallAnswer } from './server.ts';
export type { Person, Toolkit, ToolkitTool } from './types.ts';
export { confirmTool, readWithTool, usableTool, writeWithTool } from './use.ts';
export { ownToolkitViews, toolkitAlarms, toolkitViews } from './views.ts';
