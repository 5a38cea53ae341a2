export type Snippet = { value: string; title: string; where: string; text: string };

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

/** Set-up text for the usual MCP clients. `urlWithKey` is null when the key must go into the header. */
export function snippets(url: string, key: string, urlWithKey: string | null): Snippet[] {
  const headers = { Authorization: `Bearer ${key}` };
  const byUrl =
    urlWithKey ?? 'This key may not stand in a URL. Make one that may, or use a client that sends headers.';
  return [
    {
      value: 'claude-code',
      title: 'Claude Code',
      where: 'Run in a terminal:',
      text: `claude mcp add --transport http confab ${url} --header "Authorization: Bearer ${key}"`,
    },
    {
      value: 'claude',
      title: 'Claude',
      where:
        'Settings, Connectors, Add custom connector. Paste the address above and allow Claude in the browser; or paste this URL with a key in it (Confab must be reachable from the internet):',
      text: byUrl,
    },
    {
      value: 'chatgpt',
      title: 'ChatGPT',
      where:
        'Settings, Connectors, Create. Paste the address above with OAuth; or this URL with a key in it and no authentication (Confab must be reachable from the internet):',
      text: byUrl,
    },
    {
      value: 'cursor',
      title: 'Cursor',
      where: 'In ~/.cursor/mcp.json:',
      text: pretty({ mcpServers: { confab: { url, headers } } }),
    },
    {
      value: 'vscode',
      title: 'VS Code',
      where: 'In .vscode/mcp.json:',
      text: pretty({ servers: { confab: { type: 'http', url, headers } } }),
    },
  ];
}
