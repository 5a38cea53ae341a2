'use client';

import { useCallback, useRef, useState } from 'react';
import { request, toView } from '#components/http';

/** A file that goes with the next message. `id`: once the server has it. */
export type Attachment = {
  key: number;
  name: string;
  size: number;
  id: string | null;
  error: string | null;
};

export type Attachments = {
  list: readonly Attachment[];
  /** Some are still on their way. */
  busy: boolean;
  /** One was refused: it is taken out before the message goes. */
  failed: boolean;
  /** Ids of those that are there. */
  ids: readonly string[];
  add: (files: Iterable<File>) => void;
  remove: (those: readonly Attachment[]) => void;
};

type Answer = { files: { id: string; name: string; size: number }[] };

/** The files of the message that is being written. Each is sent as soon as it is chosen. */
export function useAttachments(): Attachments {
  const [list, setList] = useState<readonly Attachment[]>([]);
  const next = useRef(1);
  const patch = useCallback((key: number, change: Partial<Attachment>) => {
    setList((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));
  }, []);
  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        const key = next.current++;
        setList((all) => [...all, { key, name: file.name, size: file.size, id: null, error: null }]);
        const form = new FormData();
        form.append('file', file);
        request<Answer>('POST', '/api/files', form).then(
          ({ files: [stored] }) =>
            patch(key, stored === undefined ? {} : { id: stored.id, name: stored.name }),
          (error: unknown) => patch(key, { error: toView(error).message }),
        );
      }
    },
    [patch],
  );
  const remove = useCallback((those: readonly Attachment[]) => {
    const keys = new Set(those.map(({ key }) => key));
    setList((all) => all.filter(({ key }) => !keys.has(key)));
  }, []);
  return {
    list,
    busy: list.some(({ id, error }) => id === null && error === null),
    failed: list.some(({ error }) => error !== null),
    ids: list.flatMap(({ id }) => (id === null ? [] : [id])),
    add,
    remove,
  };
}
