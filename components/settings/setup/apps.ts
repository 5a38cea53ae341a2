import { cursorLink, vscodeLink } from './links.ts';
import type { Guide, GuideInput } from './types.ts';

const pretty = (value: unknown) => JSON.stringify(value, null, 2);
/** For a shell: a question mark would be a pattern to some. */
const quoted = (address: string) => (address.includes('?') ? `"${address}"` : address);
const notInUrl =
  'This key is refused inside a URL, and this program sends no header of yours. Sign in, or make a key that may stand in a URL.';

/** Arguments of `npx` that bridge a program without HTTP to this address. Plain http needs a flag beyond localhost. */
function bridge(address: string): string[] {
  const { protocol, hostname } = new URL(address);
  const flagged = protocol === 'http:' && !['localhost', '127.0.0.1'].includes(hostname);
  return ['-y', 'mcp-remote@latest', address, ...(flagged ? ['--allow-http'] : [])];
}

/** `claude_desktop_config.json`. Some versions break arguments at spaces: the key goes by way of a variable. */
function desktopConfig(address: string, key: string | null): string {
  const args = bridge(address);
  const server =
    key === null
      ? { command: 'npx', args }
      : {
          command: 'npx',
          // mcp-remote puts the variable in.
          args: [...args, '--header', `Authorization:$\{AUTH_HEADER}`],
          env: { AUTH_HEADER: `Bearer ${key}` },
        };
  return pretty({ mcpServers: { confab: server } });
}

const desktopFile = 'claude_desktop_config.json';
const desktopSteps =
  'In Claude Desktop: Settings, Developer, Edit Config. Add this, and restart Claude. It needs Node.js on this computer. (What you add under Settings, Connectors is reached from Anthropic’s cloud instead, as with Claude on the web.)';

function claudeWeb({ address, urlWithKey }: GuideInput): Guide {
  const steps =
    'In Claude: Settings, Connectors, Add custom connector. In a Team or Enterprise plan an owner adds it first.';
  return {
    value: 'claude',
    title: 'Claude',
    hosted: true,
    signIn: {
      steps: `${steps} Paste this address, choose Add, then Connect, and allow Claude here.`,
      blocks: [{ caption: 'Remote MCP server URL', text: address }],
    },
    withKey:
      urlWithKey === null
        ? notInUrl
        : {
            steps: `${steps} Paste this URL with the key in it, and leave the OAuth fields empty.`,
            blocks: [{ caption: 'Remote MCP server URL', text: urlWithKey }],
            note: 'Whoever sees this URL can use the key. Signing in is safer.',
          },
  };
}

function claudeDesktop({ address, key }: GuideInput): Guide {
  return {
    value: 'claude-desktop',
    title: 'Claude Desktop',
    hosted: false,
    signIn: { steps: desktopSteps, blocks: [{ caption: desktopFile, text: desktopConfig(address, null) }] },
    withKey: { steps: desktopSteps, blocks: [{ caption: desktopFile, text: desktopConfig(address, key) }] },
  };
}

function claudeCode({ address, key }: GuideInput): Guide {
  const add = `claude mcp add --transport http confab ${quoted(address)}`;
  return {
    value: 'claude-code',
    title: 'Claude Code',
    hosted: false,
    signIn: {
      steps: 'Run this in a terminal, then /mcp in Claude Code, and choose Authenticate.',
      blocks: [{ caption: 'Terminal', text: add }],
    },
    withKey: {
      steps: 'Run this in a terminal. --scope user makes it available in all your projects.',
      blocks: [{ caption: 'Terminal', text: `${add} --header "Authorization: Bearer ${key}"` }],
    },
  };
}

function chatgpt({ address, urlWithKey }: GuideInput): Guide {
  const steps =
    'In ChatGPT on the web: Settings, Apps (in some plans Connectors), Advanced settings: switch on Developer mode. Then Create.';
  return {
    value: 'chatgpt',
    title: 'ChatGPT',
    hosted: true,
    signIn: {
      steps: `${steps} Paste this address as the MCP server URL, choose OAuth, and allow ChatGPT here.`,
      blocks: [{ caption: 'MCP server URL', text: address }],
    },
    withKey:
      urlWithKey === null
        ? notInUrl
        : {
            steps: `${steps} Paste this URL with the key in it, and choose No authentication.`,
            blocks: [{ caption: 'MCP server URL', text: urlWithKey }],
            note: 'Whoever sees this URL can use the key. Signing in is safer.',
          },
  };
}

function cursor({ address, key, urlWithKey }: GuideInput): Guide {
  const file = '~/.cursor/mcp.json';
  const open = { url: address };
  const keyed = { url: address, headers: { Authorization: `Bearer ${key}` } };
  const config = (server: object) => pretty({ mcpServers: { confab: server } });
  const link = (server: object) => ({ words: 'Add to Cursor', href: cursorLink(server) });
  return {
    value: 'cursor',
    title: 'Cursor',
    hosted: false,
    signIn: {
      steps: 'At a click, or in the file; then choose Connect in Cursor’s MCP settings and allow it here.',
      link: link(open),
      blocks: [{ caption: file, text: config(open) }],
    },
    withKey: {
      steps: 'At a click, or in the file.',
      link: link(keyed),
      blocks: [
        { caption: file, text: config(keyed) },
        ...(urlWithKey === null
          ? []
          : [{ caption: 'If Cursor asks you to sign in all the same', text: config({ url: urlWithKey }) }]),
      ],
    },
  };
}

function vscode({ address, key }: GuideInput): Guide {
  const file = '.vscode/mcp.json';
  const open = { type: 'http', url: address };
  const keyed = { ...open, headers: { Authorization: `Bearer ${key}` } };
  const config = (server: object) => pretty({ servers: { confab: server } });
  const link = (server: object) => ({ words: 'Add to VS Code', href: vscodeLink(server) });
  return {
    value: 'vscode',
    title: 'VS Code',
    hosted: false,
    signIn: {
      steps: 'At a click, or in the file; VS Code then asks to sign in.',
      link: link(open),
      blocks: [{ caption: file, text: config(open) }],
    },
    withKey: {
      steps: 'At a click, or in the file.',
      link: link(keyed),
      blocks: [{ caption: file, text: config(keyed) }],
      note: 'Files under .vscode are often shared with a repository: keep the key out of it.',
    },
  };
}

function mcpRemote({ address, key }: GuideInput): Guide {
  const words = bridge(address).map(quoted).join(' ');
  return {
    value: 'mcp-remote',
    title: 'mcp-remote',
    hosted: false,
    signIn: {
      steps: 'For any program that only starts local servers: let it start this. A browser opens to sign in.',
      blocks: [{ caption: 'Command', text: `npx ${words}` }],
    },
    withKey: {
      steps: 'For any program that only starts local servers: let it start this.',
      blocks: [{ caption: 'Command', text: `npx ${words} --header "Authorization: Bearer ${key}"` }],
    },
  };
}

/** Programs that people use. */
export const appGuides: readonly ((input: GuideInput) => Guide)[] = [
  claudeWeb,
  claudeDesktop,
  claudeCode,
  chatgpt,
  cursor,
  vscode,
  mcpRemote,
];
