'use client';

import { Undo2 } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { lookOf, type looks, shortWord } from '#components/change';
import {
  Badge,
  Button,
  buttonClass,
  OutsideLink,
  Time,
  Titled,
  type Tone,
  typographic,
} from '#components/ui';
import type { ActivityLine, ChangeView } from '#lib/wire';
import { Row } from '../section.tsx';

const tones: Record<(typeof looks)[ChangeView['status']], Tone> = {
  waiting: 'accent',
  busy: 'accent',
  good: 'good',
  warn: 'warn',
  bad: 'danger',
  quiet: 'neutral',
};

type Own = NonNullable<ActivityLine['own']>;

/** Where it was asked: the chat as a link, or the client's name. */
function Asked({ origin }: { origin: Own['origin'] }) {
  const { kind, chatId, client } = origin;
  if (kind === 'mcp') return <>asked by {client ?? 'an MCP client'}</>;
  const what = kind === 'undo' ? 'an undo' : 'asked in a chat';
  return chatId === null ? (
    what
  ) : (
    <Link
      href={`/c/${chatId}`}
      className="underline decoration-line-strong underline-offset-2 hover:text-ink"
    >
      {what}
    </Link>
  );
}

function Target({ own }: { own: Own }) {
  const url = own.result?.url ?? own.target.url;
  const title = <bdi>{own.target.title}</bdi>;
  return url === null ? title : <OutsideLink href={url}>{title}</OutsideLink>;
}

type RowProps = {
  line: ActivityLine;
  /** Names the person, where the list has several. */
  withPerson: boolean;
  undoing: string | null;
  onUndo: (id: string) => void;
};

function Actions({ line, own, undoing, onUndo }: RowProps & { own: Own }) {
  return (
    <>
      {own.mayUndo ? (
        <Button
          size="small"
          icon={<Undo2 aria-hidden className="size-4" />}
          busy={undoing === line.id}
          disabled={undoing !== null}
          onClick={() => onUndo(line.id)}
        >
          {own.restore === null ? 'Undo' : `Restore version ${own.restore.version}`}
        </Button>
      ) : null}
      {own.mayDecide ? (
        <Link href={`/changes/${line.id}`} className={buttonClass('secondary', 'small')}>
          Review
          <span className="sr-only"> {typographic(own.title)}</span>
        </Link>
      ) : null}
    </>
  );
}

/** One change of the ledger. Its title leads to the card with the diff. */
export function ActivityRow(props: RowProps) {
  const { line, withPerson } = props;
  const { own, person, client } = line;
  const after: { id: string; words: ReactNode }[] = [];
  if (own !== null) after.push({ id: 'target', words: <Target own={own} /> });
  after.push({ id: 'time', words: <Time at={line.createdAt} /> });
  if (withPerson) after.push({ id: 'person', words: <bdi>{person.name}</bdi> });
  const elsewhere = client === null ? 'in a chat' : `asked by ${client}`;
  after.push({ id: 'asked', words: own === null ? elsewhere : <Asked origin={own.origin} /> });
  return (
    <Row
      actions={
        <>
          {own === null ? null : <Actions {...props} own={own} />}
          <Badge tone={tones[lookOf(line)]}>{shortWord(line)}</Badge>
        </>
      }
    >
      {own === null ? (
        <span className="font-medium">{line.operationTitle}</span>
      ) : (
        <Link href={`/changes/${line.id}`} className="font-medium hover:underline">
          <Titled text={own.title} name={own.target.title} />
        </Link>
      )}
      <p className="flex flex-wrap gap-x-1.5 text-xs text-muted">
        {after.map(({ id, words }) => (
          <span key={id} className="after:ms-1.5 after:content-['·'] last:after:content-none">
            {words}
          </span>
        ))}
      </p>
    </Row>
  );
}
