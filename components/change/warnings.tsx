import { CheckField, Notice, Sentence } from '#components/ui';
import type { ChangeWarning } from '#lib/wire';

type WarningsProps = {
  warnings: readonly ChangeWarning[];
  ticked: ReadonlySet<string>;
  onTick: (code: string, on: boolean) => void;
  canTick: boolean;
};

/** What a person must know before Apply; some of it they must tick. */
export function Warnings({ warnings, ticked, onTick, canTick }: WarningsProps) {
  return (
    <div className="space-y-2">
      {warnings.map((warning) => (
        <Notice key={warning.code} kind={warning.mustConfirm ? 'danger' : 'warn'}>
          <p>
            <Sentence text={warning.message} />
          </p>
          {warning.mustConfirm && canTick ? (
            <CheckField
              checked={ticked.has(warning.code)}
              onChange={(event) => onTick(warning.code, event.currentTarget.checked)}
            >
              I have seen this and want it
            </CheckField>
          ) : null}
        </Notice>
      ))}
    </div>
  );
}
