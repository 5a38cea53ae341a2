import { startApp } from '../../e2e/app.ts';
import type { ChatView } from '../../lib/wire/index.ts';
import { Browser } from './browser.ts';
import type { Row } from './row.ts';

type Entry = { path: string };

const stories: [id: string, said: string][] = [
  ['A01', 'Search Confluence for the Q3 marketing roadmap.'],
  ['A02', 'Read the contents of the page with ID 987654321.'],
  ['A04', 'Add a section about rate limits to the API Guidelines page.'],
  [
    'A08',
    "Check who is in the 'Contractors' group. If John Smith is in it, remove him, as his contract expired.",
  ],
  [
    'A10',
    "Search the Engineering space for pages related to 'Datadog logging guidelines' and summarize the main rules. Then tell me who authored the document.",
  ],
  ['A15', 'Publish a summary of the team meeting notes as a blog post in Marketing.'],
  ['A16', 'Create a private space for product roadmap drafts.'],
  ['A18', 'Find all pages modified in the last week by the dev team.'],
  ['A19', 'Find all unresolved comments on the API docs and summarize the feedback.'],
  ['A20', 'Extract all action items from meeting notes.'],
  ['A21', 'Show me the most viewed pages this month.'],
];

async function settled(browser: Browser, chatId: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const chat = (await (await browser.fetch(`/api/chats/${chatId}`)).json()) as ChatView;
    const status = chat.messages.at(-1)?.status;
    if (status !== undefined && status !== 'running') return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`the answer in ${chatId} did not end within a minute`);
}

/** How many requests Confluence gets for each story, up to the answer or the card; with the demo model. */
export async function storyRows(): Promise<Row[]> {
  const app = await startApp({ CONFAB_SANDBOX_CONNECTED: '1' });
  try {
    const browser = new Browser(app.url);
    await browser.signIn('ada');
    const rows: Row[] = [];
    for (const [id, text] of stories) {
      await fetch(`${app.sandboxUrl}/_sandbox/log`, { method: 'DELETE' });
      const { chatId } = await browser.post<{ chatId: string }>('/api/chats', { text });
      await settled(browser, chatId);
      const { requests } = (await (await fetch(`${app.sandboxUrl}/_sandbox/log`)).json()) as {
        requests: Entry[];
      };
      const value = requests.filter((one) => one.path.includes('/wiki/')).length;
      rows.push({
        name: `requests for story ${id}`,
        value,
        unit: 'requests',
        aim: '',
        note: 'until answer or card',
      });
    }
    return rows;
  } finally {
    await app.stop();
    app.remove();
  }
}
