'use client';

import { useEffect, useState } from 'react';
import { request } from '#components/http';
import { CheckField, SelectField } from '#components/ui';
import { type KeyCeiling, type KeyChoices, operationTags, type SurfaceName } from '#lib/wire';
import type { KeyDraft } from './key-draft.ts';
import { type Choice, Picker } from './picker.tsx';

const surfaceWords: Readonly<Record<SurfaceName, string>> = {
  router: 'A dozen tools, the rest found by search (smallest)',
  all: 'Every operation as a tool of its own',
  entities: 'One tool for each kind of thing',
};

const tagWords = (tag: string) => tag.replaceAll('_', ' ');

type LimitsProps = {
  draft: KeyDraft;
  ceiling: KeyCeiling;
  onChange: (part: Partial<KeyDraft>) => void;
};

/** What may be chosen, asked for once the limits are looked at; null until it is there, or cannot be had. */
function useChoices(): KeyChoices | null {
  const [choices, setChoices] = useState<KeyChoices | null>(null);
  useEffect(() => {
    request<KeyChoices>('GET', '/api/keys/choices').then(setChoices, () => {
      // Without it everything can still be typed; the server checks the names.
    });
  }, []);
  return choices;
}

const within = (most: readonly string[] | null) => (value: string) =>
  most === null || most.some((one) => one.toLowerCase() === value.toLowerCase());

/** Everything a key can be limited to besides what it may do and when it ends. */
export function KeyLimits({ draft, ceiling, onChange }: LimitsProps) {
  const choices = useChoices();
  const allowedSpace = within(ceiling.spaces);
  const spaces: Choice[] = (choices?.spaces ?? (ceiling.spaces ?? []).map((key) => ({ key, name: key })))
    .filter(({ key }) => allowedSpace(key))
    .map(({ key, name }) => ({ value: key, words: name, ...(name === key ? {} : { hint: key }) }));
  const operations: Choice[] = (choices?.operations ?? [])
    .filter(({ tag, tier }) => within(ceiling.tags)(tag) && ceiling.tiers.includes(tier))
    .map(({ name, title, tier }) => ({ value: name, words: title, hint: `${name} · ${tier}` }));
  return (
    <div className="grid gap-4 pt-3 sm:grid-cols-2">
      <Picker
        label="Only these spaces"
        placeholder="All you may see"
        hint={
          choices !== null && choices.spaces === null
            ? 'Type keys or ids: Confluence is not connected.'
            : 'By name or key. Reads and writes elsewhere find nothing.'
        }
        choices={spaces}
        chosen={draft.spaces}
        free
        onChange={(chosen) => onChange({ spaces: chosen })}
      />
      <Picker
        label="Only these topics"
        placeholder="All topics"
        hint="Groups of operations."
        choices={operationTags
          .filter(within(ceiling.tags))
          .map((tag) => ({ value: tag, words: tagWords(tag) }))}
        chosen={draft.tags}
        onChange={(chosen) => onChange({ tags: chosen })}
      />
      <div className="sm:col-span-2">
        <Picker
          label="Only these operations"
          placeholder="All operations"
          hint="By what they do or by name; within the topics, if you chose some."
          choices={operations}
          chosen={draft.operations}
          free={choices === null}
          onChange={(chosen) => onChange({ operations: chosen })}
        />
      </div>
      <SelectField
        label="Site"
        value={draft.site}
        onChange={({ currentTarget: { value } }) => onChange({ site: value })}
      >
        <option value="">The one I am connected to</option>
        {(choices?.sites ?? []).map((site) => (
          <option key={site.id} value={site.url}>
            Only {site.name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Tools it is shown"
        value={draft.surface}
        onChange={({ currentTarget: { value } }) => onChange({ surface: value as SurfaceName })}
      >
        {Object.entries(surfaceWords).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </SelectField>
      <div className="sm:col-span-2">
        <CheckField
          checked={draft.headerOnly}
          disabled={ceiling.headerOnly}
          onChange={({ currentTarget: { checked } }) => onChange({ headerOnly: checked })}
        >
          Refuse this key inside a URL; demand the Authorization header
        </CheckField>
        <CheckField
          checked={draft.manageKeys}
          onChange={({ currentTarget: { checked } }) => onChange({ manageKeys: checked })}
        >
          May make, list and revoke keys of mine, with no more rights than its own
        </CheckField>
      </div>
    </div>
  );
}
