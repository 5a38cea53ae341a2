import { OutsideLink } from './outside-link.tsx';
import { Titled } from './titled.tsx';

const address = /(https?:\/\/[^\s<>"“”]*[^\s<>"“”.,;:!?)\]])/;

/** One of our sentences: quotes as they should be, addresses as links. */
export function Sentence({ text }: { text: string }) {
  const pieces = text
    .split(address)
    .map((piece, at) => ({ piece, id: `${at} ${piece}`, link: at % 2 === 1 }));
  return pieces.map(({ piece, id, link }) =>
    link ? (
      <OutsideLink key={id} href={piece}>
        {piece}
      </OutsideLink>
    ) : (
      <Titled key={id} text={piece} />
    ),
  );
}
