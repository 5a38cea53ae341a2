import Link from 'next/link';
import { Row, Rows, Section } from '#components/settings';
import { Badge, buttonClass, Notice, Time } from '#components/ui';
import type { OwnToolkitView } from '#lib/wire';
import { standings, toolkitPath } from './standing.ts';

/** Said to who comes back from a sign-in that did not complete. */
export function SignInFailed() {
  return (
    <Notice kind="warn" alert title="That sign-in did not complete." className="mb-6">
      It was used already, took too long, was started by somebody else, or the toolkit refused it. Nothing was
      stored; start again below.
    </Notice>
  );
}

/** The toolkits there are, as the person stands to them. */
export function OwnToolkits({ toolkits, admin }: { toolkits: readonly OwnToolkitView[]; admin: boolean }) {
  return (
    <Section
      title="Your toolkits"
      lead="Other systems that chats and MCP clients of yours can use, each with your own access there. What changes something there is shown to you first, as with Confluence."
    >
      {toolkits.length === 0 ? (
        <p className="text-sm text-muted">
          {admin ? 'There are none yet. Add one below.' : 'There are none yet. An admin can add them.'}
        </p>
      ) : (
        <Rows>
          {toolkits.map((toolkit) => {
            const { words, tone } = standings[toolkit.standing];
            return (
              <Row
                key={toolkit.slug}
                actions={
                  <Link
                    href={toolkitPath(toolkit.slug)}
                    className={buttonClass(
                      toolkit.standing === 'not_connected' || toolkit.standing === 'expired'
                        ? 'primary'
                        : 'secondary',
                      'small',
                    )}
                  >
                    {toolkit.standing === 'not_connected'
                      ? `Connect ${toolkit.name}`
                      : toolkit.standing === 'expired'
                        ? `Reconnect ${toolkit.name}`
                        : `Open ${toolkit.name}`}
                  </Link>
                }
              >
                <p className="flex flex-wrap items-center gap-2">
                  <span className="font-medium">{toolkit.name}</span>
                  <Badge tone={tone}>{words}</Badge>
                </p>
                <p className="text-xs text-muted">
                  {toolkit.host} · {toolkit.tools.length} {toolkit.tools.length === 1 ? 'tool' : 'tools'}
                  {toolkit.since === null ? null : (
                    <>
                      {' '}
                      · since <Time at={toolkit.since} look="date" />
                    </>
                  )}
                </p>
              </Row>
            );
          })}
        </Rows>
      )}
    </Section>
  );
}
