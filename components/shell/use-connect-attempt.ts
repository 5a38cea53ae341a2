'use client';

import { useEffect, useState } from 'react';
import { tabMemory } from './memory.ts';

const name = 'connecting from';

type Attempt = {
  /** True after the person has come back here from Atlassian; without a connection they did not accept. */
  cameBack: boolean;
  /** Call it when the person sets out for Atlassian's consent page. */
  setOut: () => void;
};

/** Remembers that the person went to Atlassian's consent page from `path`. */
export function useConnectAttempt(path: string): Attempt {
  const [cameBack, setCameBack] = useState(false);
  useEffect(() => {
    if (tabMemory.read(name) !== path) return;
    tabMemory.write(name, '');
    setCameBack(true);
  }, [path]);
  return { cameBack, setOut: () => tabMemory.write(name, path) };
}
