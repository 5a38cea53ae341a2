'use client';

import { Download } from 'lucide-react';
import { buttonClass, SelectField } from '#components/ui';
import type { ActivityState } from '#lib/wire';

export type Filters = { who: 'me' | 'everyone'; state: ActivityState | ''; from: string };

const states: Record<ActivityState, string> = {
  open: 'Waiting',
  made: 'Applied',
  undone: 'Undone',
  not_made: 'Not applied',
};

/** The filters as the server takes them. `chat`: only what one chat asked for. */
export function queryOf({ who, state, from }: Filters, chat: string | null): URLSearchParams {
  const query = new URLSearchParams();
  if (who === 'everyone') query.set('everyone', 'true');
  if (state !== '') query.set('state', state);
  if (chat !== null) query.set('chat', chat);
  // "chats", or "client:" and the name of one.
  if (from !== '') query.set('client', from.startsWith('client:') ? from.slice('client:'.length) : '');
  return query;
}

type FilterProps = {
  filters: Filters;
  onFilters: (filters: Filters) => void;
  clients: readonly string[];
  admin: boolean;
  chat: string | null;
};

/** What of the ledger is shown, and the way to take it along. */
export function ActivityFilters({ filters, onFilters, clients, admin, chat }: FilterProps) {
  return (
    <div className="flex flex-wrap items-end gap-3">
      {admin && chat === null ? (
        <SelectField
          label="Whose"
          value={filters.who}
          onChange={(event) => onFilters({ ...filters, who: event.currentTarget.value as Filters['who'] })}
        >
          <option value="me">Mine</option>
          <option value="everyone">Everyone’s</option>
        </SelectField>
      ) : null}
      <SelectField
        label="State"
        value={filters.state}
        onChange={(event) => onFilters({ ...filters, state: event.currentTarget.value as Filters['state'] })}
      >
        <option value="">All</option>
        {Object.entries(states).map(([state, words]) => (
          <option key={state} value={state}>
            {words}
          </option>
        ))}
      </SelectField>
      {chat === null && clients.length > 0 ? (
        <SelectField
          label="Asked by"
          value={filters.from}
          onChange={(event) => onFilters({ ...filters, from: event.currentTarget.value })}
        >
          <option value="">All</option>
          <option value="chats">Chats</option>
          {clients.map((client) => (
            <option key={client} value={`client:${client}`}>
              {client}
            </option>
          ))}
        </SelectField>
      ) : null}
      <span className="flex-1" />
      <a href={`/api/changes/export?${queryOf(filters, chat)}`} download className={buttonClass('secondary')}>
        <Download aria-hidden className="size-4" />
        Export as CSV
      </a>
    </div>
  );
}
