const words =
  'the service reads each page before it writes and keeps what others changed since then so that a person who approves sees exactly what will be stored release window owner budget region latency queue retry limit token header record schema customer invoice'.split(
    ' ',
  );

/** A body like those of long real pages: headings, text with marks and links, lists, tables, macros, tasks, images, code. */
export function bodyOf(chars: number): string {
  let seed = 7;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  const text = (count: number): string =>
    Array.from({ length: count }, () => words[next(words.length)] as string).join(' ');
  const id = (): string =>
    `${next(1e6).toString(16).padStart(6, '0')}${next(1e6).toString(16).padStart(6, '0')}`;
  const line = (): string => {
    const marked = [
      `<strong>${text(2)}</strong>`,
      `<code>${text(1)}_${next(99)}</code>`,
      `<ac:link><ri:page ri:content-title="${text(3)}" ri:version-at-save="${next(20)}" /><ac:link-body>${text(2)}</ac:link-body></ac:link>`,
      `<a href="https://docs.example/${id()}?a=1&amp;b=2">${text(3)}</a>`,
      `<ac:structured-macro ac:name="status" ac:schema-version="1" ac:macro-id="${id()}"><ac:parameter ac:name="title">${text(1)}</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter></ac:structured-macro>`,
      `<ac:link><ri:user ri:account-id="712020:${id()}" /></ac:link>`,
      `&ldquo;${text(2)}&rdquo; &amp; <em>${text(2)}</em>`,
      `<ac:inline-comment-marker ac:ref="${id()}">${text(3)}</ac:inline-comment-marker>`,
    ];
    return `${text(8 + next(12))} ${marked[next(marked.length)]} ${text(6 + next(14))}.`;
  };
  const blocks: (() => string)[] = [
    () => `<p local-id="${id()}">${line()} ${line()}</p>`,
    () => `<p>${line()}</p>`,
    () => `<p>${line()} ${line()} ${line()}</p>`,
    () =>
      `<ul local-id="${id()}">${Array.from({ length: 4 }, () => `<li local-id="${id()}"><p>${line()}</p></li>`).join('')}</ul>`,
    () =>
      `<ol start="1">${Array.from({ length: 3 }, () => `<li><p>${line()}</p><ul><li><p>${text(6)}</p></li></ul></li>`).join('')}</ol>`,
    () =>
      `<table data-table-width="760" data-layout="default" ac:local-id="${id()}"><tbody><tr>${Array.from({ length: 4 }, () => `<th><p>${text(2)}</p></th>`).join('')}</tr>${Array.from({ length: 5 }, () => `<tr>${Array.from({ length: 4 }, () => `<td><p>${text(3 + next(5))}</p></td>`).join('')}</tr>`).join('')}</tbody></table>`,
    () =>
      `<ac:structured-macro ac:name="info" ac:schema-version="1" ac:macro-id="${id()}"><ac:parameter ac:name="title">${text(3)}</ac:parameter><ac:rich-text-body><p>${line()}</p><p>${line()}</p></ac:rich-text-body></ac:structured-macro>`,
    () =>
      `<ac:structured-macro ac:name="code" ac:schema-version="1" ac:macro-id="${id()}"><ac:parameter ac:name="language">js</ac:parameter><ac:plain-text-body><![CDATA[${Array.from({ length: 6 }, () => `const ${text(1)} = (${text(1)} < ${next(99)}) && "${text(3)}";`).join('\n')}]]></ac:plain-text-body></ac:structured-macro>`,
    () =>
      `<ac:task-list>${Array.from({ length: 3 }, () => `<ac:task><ac:task-id>${next(1e6)}</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>${line()}</ac:task-body></ac:task>`).join('')}</ac:task-list>`,
    () =>
      `<ac:image ac:layout="center" ac:original-width="1200" ac:width="600"><ri:attachment ri:filename="${id()}.png" ri:version-at-save="1" /><ac:caption><p>${text(4)}</p></ac:caption></ac:image>`,
  ];
  const parts: string[] = [];
  for (let length = 0, section = 1; length < chars; section += 1) {
    const part = [
      `<h${2 + (section % 3)} local-id="${id()}">${section}. ${text(3)}</h${2 + (section % 3)}>`,
      ...Array.from({ length: 5 }, () => (blocks[next(blocks.length)] as () => string)()),
    ].join('');
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}
