'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from './button.tsx';
import { useToast } from './toasts.tsx';

type CopyProps = { text: string | (() => string); label: string; withWords?: boolean };

/** Copies `text` and shows that it did. */
export function CopyButton({ text, label, withWords = false }: CopyProps) {
  const [copied, setCopied] = useState(false);
  const toast = useToast();
  const copy = () => {
    const value = typeof text === 'string' ? text : text();
    navigator.clipboard.writeText(value).then(
      () => {
        setCopied(true);
        setTimeout(() => setCopied(false), 1800);
      },
      () => toast({ text: 'This browser did not allow copying. Select the text and copy it yourself.' }),
    );
  };
  const icon = copied ? (
    <Check aria-hidden className="size-4 text-good" />
  ) : (
    <Copy aria-hidden className="size-4" />
  );
  if (withWords) {
    return (
      <Button size="small" icon={icon} onClick={copy}>
        {copied ? 'Copied' : label}
      </Button>
    );
  }
  return (
    <IconButton label={copied ? 'Copied' : label} onClick={copy}>
      {icon}
    </IconButton>
  );
}
