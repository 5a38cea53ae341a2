'use client';

import { Tabs as Radix } from 'radix-ui';
import { useId, useState } from 'react';
import { buttonClass, CopyButton, cx, Notice } from '#components/ui';
import type { HostedReach } from '../types.ts';
import { guides } from './guides.ts';
import type { Block, Guide, Secret, Way } from './types.ts';

type WayName = 'signIn' | 'withKey';
const wayWords: Readonly<Record<WayName, string>> = { signIn: 'Sign in', withKey: 'Key' };

const unreachable: Readonly<
  Record<Exclude<HostedReach, 'open'>, (title: string) => { title: string; next: string }>
> = {
  loopback: (title) => ({
    title: `${title} cannot reach this address: it means this computer only.`,
    next: 'Put Confab behind an https address that the internet can reach (a reverse proxy, or a tunnel), set PUBLIC_URL to it and restart. Programs on this computer, such as Claude Code, Cursor and VS Code, work as it is.',
  }),
  private: (title) => ({
    title: `${title} probably cannot reach this address: it is of a private network.`,
    next: 'Give Confab an https address that the internet can reach, set PUBLIC_URL to it and restart. Programs inside your network, such as Claude Code, Cursor and VS Code, work as it is.',
  }),
  plain_http: (title) => ({
    title: `${title} does not connect to plain http.`,
    next: 'Put Confab behind https, set PUBLIC_URL to that address and restart.',
  }),
};

function CopyBlock({ block, title }: { block: Block; title: string }) {
  return (
    <figure>
      <figcaption className="mb-1 font-mono text-xs text-muted">{block.caption}</figcaption>
      <div className="relative">
        <pre className="overflow-x-auto rounded-md border border-line bg-sunken py-3 ps-3 pe-12 font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {block.text}
        </pre>
        <div className="absolute top-1 right-1">
          <CopyButton text={block.text} label={`Copy for ${title}`} />
        </div>
      </div>
    </figure>
  );
}

function WayView({ way, title }: { way: Way; title: string }) {
  return (
    <div className="space-y-3">
      <p className="max-w-prose text-sm text-muted">{way.steps}</p>
      {way.link === undefined ? null : (
        <a href={way.link.href} className={buttonClass('secondary', 'small')}>
          {way.link.words}
        </a>
      )}
      {way.blocks.map((block) => (
        <CopyBlock key={block.caption} block={block} title={title} />
      ))}
      {way.note === undefined ? null : <p className="max-w-prose text-xs text-muted">{way.note}</p>}
    </div>
  );
}

function WayChoice({ way, onChange }: { way: WayName; onChange: (way: WayName) => void }) {
  const name = useId();
  return (
    <fieldset className="flex w-fit rounded-md border border-line-strong p-0.5">
      <legend className="sr-only">How it gets in</legend>
      {(Object.keys(wayWords) as WayName[]).map((one) => (
        <label
          key={one}
          className="flex min-h-9 cursor-pointer items-center rounded-sm px-3 text-xs font-medium whitespace-nowrap text-muted select-none has-checked:bg-accent-soft has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-accent md:min-h-7"
        >
          <input
            type="radio"
            name={name}
            value={one}
            checked={way === one}
            onChange={() => onChange(one)}
            className="sr-only"
          />
          {wayWords[one]}
        </label>
      ))}
    </fieldset>
  );
}

function GuideView({ guide, way, reach }: { guide: Guide; way: WayName; reach: HostedReach }) {
  const chosen = guide[way];
  const other = guide[way === 'signIn' ? 'withKey' : 'signIn'];
  const warning = guide.hosted && reach !== 'open' ? unreachable[reach](guide.title) : null;
  return (
    <div className="space-y-3">
      {warning === null ? null : (
        <Notice kind="warn" title={warning.title}>
          {warning.next}
        </Notice>
      )}
      {typeof chosen === 'string' ? (
        <>
          <p className="max-w-prose text-sm">{chosen}</p>
          {typeof other === 'string' ? null : <WayView way={other} title={guide.title} />}
        </>
      ) : (
        <WayView way={chosen} title={guide.title} />
      )}
    </div>
  );
}

type SetupProps = {
  address: string;
  /** The key just made; null: a placeholder stands in its place. */
  secret: Secret | null;
  reach: HostedReach;
};

/** Copy-ready set-up for the usual clients, each by signing in or with a key. */
export function ClientSetup({ address, secret, reach }: SetupProps) {
  const [way, setWay] = useState<WayName>(secret === null ? 'signIn' : 'withKey');
  const all = guides(address, secret);
  return (
    <Radix.Root defaultValue={all[0]?.value}>
      <div className="space-y-3">
        <Radix.List
          aria-label="Set-up by client"
          className="flex w-fit flex-wrap gap-1 rounded-md bg-sunken p-0.5"
        >
          {all.map(({ value, title }) => (
            <Radix.Trigger
              key={value}
              value={value}
              className={cx(
                'min-h-9 rounded-sm px-3 text-xs font-medium whitespace-nowrap text-muted transition-colors hover:text-ink md:min-h-7',
                'data-[state=active]:bg-surface data-[state=active]:text-ink data-[state=active]:shadow-lift',
              )}
            >
              {title}
            </Radix.Trigger>
          ))}
        </Radix.List>
        <WayChoice way={way} onChange={setWay} />
      </div>
      {all.map((guide) => (
        <Radix.Content key={guide.value} value={guide.value} className="mt-3 rounded-md">
          <GuideView guide={guide} way={way} reach={reach} />
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
