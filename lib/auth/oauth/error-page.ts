const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML. */
const plain = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] as string);

const reasons: Record<string, string> = {
  invalid_client:
    'This Confab does not know the program that sent you here, or its description cannot be read.',
  invalid_redirect_uri: 'The program wants the answer sent to an address it did not register.',
  invalid_target: 'The program asked for access to something else than this Confab.',
};

/**
 * What a person sees where a client's request cannot be answered and must not be sent back to it. Drawn
 * without our pages: the address it stands at belongs to the authorization server.
 */
export function errorPage(error: string, description: string | undefined): string {
  const reason =
    reasons[error] ?? 'The program that sent you here asked in a way that Confab does not accept.';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Not connected · Confab</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:4rem 1.5rem;background:light-dark(#fcfbf9,#14181a);color:light-dark(#1c2123,#e7e9e8)}h1{font-size:1.5rem;line-height:1.25}p{margin:.75rem 0}code{font-size:.85rem;overflow-wrap:anywhere}a{color:inherit}</style></head>
<body><h1>This program was not connected</h1><p>${plain(reason)} Nothing was allowed.</p>
<p>Go back to the program and connect again. If it happens again, remove the connection there and add it anew.</p>
<p><code>${plain(error)}${description === undefined ? '' : `: ${plain(description)}`}</code></p>
<p><a href="/">Open Confab</a></p></body></html>`;
}
