import { CheckField, Notice, Sentence } from '#components/ui';
import type { ChangeWarning } from '#lib/wire';

type WarningsProps = {
  warnings: readonly ChangeWarning[];
  ticked: ReadonlySet<string>;
  onTick: (code: string, on: boolean) => void;
  canTick: boolean;
};

/** Never one line among others: the idea came from text that anybody may have written. */
const apart = new Set(['from_page_text']);

/** What is good to know before Apply, in one box. */
function Notes({ notes }: { notes: readonly ChangeWarning[] }) {
  const [only] = notes;
  if (only === undefined) return null;
  return (
    <Notice kind="warn">
      {notes.length === 1 ? (
        <p>
          <Sentence text={only.message} />
        </p>
      ) : (
        <ul className="list-disc space-y-1 ps-4">
          {notes.map((note) => (
            <li key={note.code}>
              <Sentence text={note.message} />
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

/** What a person must know before Apply; what they must tick stands first, each in a box of its own. */
export function Warnings({ warnings, ticked, onTick, canTick }: WarningsProps) {
  const toTick = warnings.filter(({ mustConfirm }) => mustConfirm);
  const rest = warnings.filter(({ mustConfirm }) => !mustConfirm);
  return (
    <div className="space-y-2">
      {toTick.map((warning) => (
        <Notice key={warning.code} kind="danger">
          <p>
            <Sentence text={warning.message} />
          </p>
          {canTick ? (
            <CheckField
              checked={ticked.has(warning.code)}
              onChange={(event) => onTick(warning.code, event.currentTarget.checked)}
            >
              I have seen this and want it
            </CheckField>
          ) : null}
        </Notice>
      ))}
      {rest
        .filter(({ code }) => apart.has(code))
        .map((warning) => (
          <Notes key={warning.code} notes={[warning]} />
        ))}
      <Notes notes={rest.filter(({ code }) => !apart.has(code))} />
    </div>
  );
}
