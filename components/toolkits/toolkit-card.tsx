'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { request, useSubmit } from '#components/http';
import { Badge, Button, buttonClass, Dialog, ErrorNotice, Notice, Time } from '#components/ui';
import type { ToolDecision, ToolkitToolView, ToolkitView } from '#lib/wire';
import { toolkitPath } from './standing.ts';
import { ToolRow } from './tool-row.tsx';

/** Removes a toolkit, after asking. */
function Remove({ toolkit, busy, remove }: { toolkit: ToolkitView; busy: boolean; remove: () => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" look="quiet" onClick={() => setAsking(true)}>
        Remove
      </Button>
      <Dialog open={asking} title={`Remove ${toolkit.name}?`} onClose={() => setAsking(false)}>
        <div className="space-y-4 text-sm">
          <p>
            Its tools go at once, and everybody’s access to it is forgotten. What was sent through it stays in
            the record.
          </p>
          <div className="flex gap-2">
            <Button look="danger" busy={busy} onClick={remove}>
              Remove it now
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              Keep it
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}

function Facts({ toolkit }: { toolkit: ToolkitView }) {
  return (
    <p className="text-xs text-muted [overflow-wrap:anywhere]">
      {toolkit.url}
      {toolkit.server === null ? '' : ` · calls itself ${toolkit.server.name} ${toolkit.server.version}`}
      {toolkit.checkedAt === null ? (
        ' · never listed yet'
      ) : (
        <>
          {' '}
          · compared <Time at={toolkit.checkedAt} />
        </>
      )}
    </p>
  );
}

/** What the tools are allowed to do, or what is needed to list them. */
function Tools({
  toolkit,
  mustConnect,
  busy,
  decide,
}: {
  toolkit: ToolkitView;
  mustConnect: boolean;
  busy: boolean;
  decide: (tools: readonly ToolkitToolView[], decision: ToolDecision['decision']) => void;
}) {
  const fresh = toolkit.tools.filter(({ state }) => state === 'new');
  if (toolkit.tools.length === 0) {
    return (
      <p className="px-4 pb-4 text-sm text-muted">
        {mustConnect
          ? 'Its tools are listed with your own access: connect it first, then press Check now.'
          : 'Press Check now to list its tools. None can be used before you have looked at it.'}
      </p>
    );
  }
  return (
    <>
      {fresh.length < 2 ? null : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pb-3">
          <Button size="small" disabled={busy} onClick={() => decide(fresh, 'write')}>
            Allow all {fresh.length} new tools as writes
          </Button>
          <span className="text-xs text-muted">
            Each call asks its person first, until you say that a tool only reads.
          </span>
        </div>
      )}
      <ul className="divide-y divide-line border-t border-line">
        {toolkit.tools.map((tool) => (
          <ToolRow
            key={tool.name}
            tool={tool}
            busy={busy}
            decide={(one, decision) => decide([one], decision)}
          />
        ))}
      </ul>
    </>
  );
}

/** One toolkit as an admin keeps it. */
export function ToolkitCard({ toolkit, mustConnect }: { toolkit: ToolkitView; mustConnect: boolean }) {
  const router = useRouter();
  const { busy, error, run } = useSubmit();
  const path = `/api/toolkits/${toolkit.id}`;
  const act = (name: string, method: string, to: string, body?: unknown) =>
    void run(name, async () => {
      try {
        await request(method, to, body);
      } finally {
        router.refresh();
      }
    });
  const decide = (tools: readonly ToolkitToolView[], decision: ToolDecision['decision']) =>
    act('decide', 'POST', `${path}/tools`, {
      decisions: tools.map(({ name, fingerprint, seen }) => ({ name, fingerprint, seen, decision })),
    });
  const drifted = toolkit.tools.filter(({ state, allowed }) => state === 'drifted' && allowed).length;
  const failed = error ?? toolkit.checkError;
  return (
    <section aria-label={toolkit.name} className="rounded-lg border border-line bg-surface">
      <div className="space-y-2 p-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h3 className="flex min-w-0 flex-1 basis-40 flex-wrap items-center gap-2 font-semibold tracking-tight">
            {toolkit.name}
            {toolkit.enabled ? null : <Badge>Switched off</Badge>}
          </h3>
          <div className="flex flex-wrap items-center gap-2">
            {mustConnect && toolkit.enabled ? (
              <Link
                href={toolkitPath(toolkit.slug, '/settings/toolkits')}
                className={buttonClass('primary', 'small')}
              >
                Connect {toolkit.name}
              </Link>
            ) : null}
            <Button
              size="small"
              busy={busy === 'check'}
              disabled={busy !== null || mustConnect}
              onClick={() => act('check', 'POST', `${path}/check`)}
            >
              Check now
            </Button>
            <Button
              size="small"
              disabled={busy !== null}
              onClick={() => act('switch', 'PATCH', path, { enabled: !toolkit.enabled })}
            >
              {toolkit.enabled ? 'Switch off' : 'Switch on'}
            </Button>
            <Remove toolkit={toolkit} busy={busy === 'remove'} remove={() => act('remove', 'DELETE', path)} />
          </div>
        </div>
        <Facts toolkit={toolkit} />
        {drifted === 0 ? null : (
          <Notice
            kind="danger"
            alert
            title={
              drifted === 1
                ? 'A tool has changed and is blocked.'
                : `${drifted} tools have changed and are blocked.`
            }
          >
            Look at the differences below before you let {drifted === 1 ? 'it' : 'them'} be used again.
          </Notice>
        )}
        {failed === null ? null : <ErrorNotice error={failed} alert={error !== null} />}
      </div>
      <Tools toolkit={toolkit} mustConnect={mustConnect} busy={busy !== null} decide={decide} />
    </section>
  );
}
