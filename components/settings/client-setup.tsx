import { CopyButton, Tabs } from '#components/ui';
import { snippets } from './snippets.ts';

type SetupProps = { url: string; apiKey: string; urlWithKey: string | null };

/** Copy-ready set-up for the usual clients. */
export function ClientSetup({ url, apiKey, urlWithKey }: SetupProps) {
  return (
    <Tabs
      label="Set-up by client"
      tabs={snippets(url, apiKey, urlWithKey).map(({ value, title, where, text }) => ({
        value,
        title,
        content: (
          <div>
            <p className="mb-1.5 text-sm text-muted">{where}</p>
            <div className="relative">
              <pre className="overflow-x-auto rounded-md border border-line bg-sunken py-3 ps-3 pe-12 font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
                {text}
              </pre>
              <div className="absolute top-1 right-1">
                <CopyButton text={text} label={`Copy for ${title}`} />
              </div>
            </div>
          </div>
        ),
      }))}
    />
  );
}
