/** Base64 of a text as UTF-8, in the browser as on the server. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/**
 * Cursor's install link: name, and the entry of `mcp.json` as base64 of JSON
 * (https://cursor.com/docs/mcp/install-links).
 */
export function cursorLink(server: object): string {
  const config = encodeURIComponent(base64(JSON.stringify(server)));
  return `cursor://anysphere.cursor-deeplink/mcp/install?name=confab&config=${config}`;
}

/**
 * VS Code's install link: the object of `code --add-mcp`, as JSON
 * (https://code.visualstudio.com/api/extension-guides/ai/mcp).
 */
export function vscodeLink(server: object): string {
  return `vscode:mcp/install?${encodeURIComponent(JSON.stringify({ name: 'confab', ...server }))}`;
}
