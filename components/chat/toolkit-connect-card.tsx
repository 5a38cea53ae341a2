import { buttonClass } from '#components/ui';
import type { Part, ToolkitNeeded } from '#lib/wire';
import { ComeBackNote, ConnectedLine, ConnectFrame } from './connect-frame.tsx';

type CardProps = { part: Extract<Part, { type: 'connect' }>; toolkit: ToolkitNeeded; chatId: string };

/** Asks for the person's own access to a toolkit where the answer needs it. */
export function ToolkitConnectCard({ part, toolkit, chatId }: CardProps) {
  if (part.state === 'done') return <ConnectedLine>{toolkit.name} was connected.</ConnectedLine>;
  const again = part.reason !== 'not_connected';
  const title = again ? `Your access to ${toolkit.name} has ended` : `Connect ${toolkit.name}`;
  return (
    <ConnectFrame title={title} text={part.message}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <a
          href={`${toolkit.path}?returnTo=${encodeURIComponent(`/c/${chatId}`)}`}
          className={buttonClass('primary')}
        >
          {again ? `Reconnect ${toolkit.name}` : `Connect ${toolkit.name}`}
        </a>
        <ComeBackNote />
      </div>
    </ConnectFrame>
  );
}
