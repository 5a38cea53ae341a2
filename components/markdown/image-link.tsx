import { ImageOff } from 'lucide-react';
import { isOutside, safeUrl } from './safe-url.ts';

/** Stands where Markdown asked for an image: never fetched, so that no text can make the browser call out. */
export function ImageLink({ address, words }: { address: string; words: string }) {
  const href = safeUrl(address);
  const label = words === '' ? 'Image' : words;
  const body = (
    <>
      <ImageOff aria-hidden className="size-3.5" />
      {label}
    </>
  );
  const look = 'inline-flex items-center gap-1.5 rounded-sm border border-line bg-sunken px-1.5 text-[0.9em]';
  if (href === null) return <span className={look}>{body}</span>;
  return (
    <a
      href={href}
      className={look}
      title={`Image, not loaded: ${href}`}
      {...(isOutside(href) ? { target: '_blank', rel: 'noopener noreferrer' } : {})}
    >
      {body}
    </a>
  );
}
