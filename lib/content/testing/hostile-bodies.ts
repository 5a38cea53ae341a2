const wrap = (open: string, times: number, inner: string, close: string): string =>
  open.repeat(times) + inner + close.repeat(times);
const macro = (name: string, inner: string): string =>
  `<ac:structured-macro ac:name="${name}">${inner}</ac:structured-macro>`;
const paragraph = (inner: string): string => `<p>${inner}</p>`;
const table = (rows: string): string => `<table><tbody>${rows}</tbody></table>`;

/** Well-formed bodies that take the machine where work grows with the square of the size: `n` of something each. */
export const hostileBodies: Record<string, (n: number) => string> = {
  'nested divs': (n) => wrap('<div>', n, '', '</div>'),
  'nested spans': (n) => paragraph(wrap('<span>', n, 'x', '</span>')),
  'nested marks': (n) => paragraph(wrap('<strong>a<em>', n / 2, 'x', '</em></strong>')),
  'nested lists': (n) => wrap('<ul><li>a', n / 2, '', '</li></ul>'),
  'nested tables': (n) => wrap('<table><tbody><tr><td>a', n / 4, '', '</td></tr></tbody></table>'),
  'nested panels': (n) =>
    wrap(
      '<ac:structured-macro ac:name="info"><ac:parameter ac:name="title">t</ac:parameter><ac:rich-text-body>',
      n / 4,
      '',
      '</ac:rich-text-body></ac:structured-macro>',
    ),
  'nested layouts': (n) =>
    wrap(
      '<ac:layout><ac:layout-section><ac:layout-cell>',
      n / 4,
      '',
      '</ac:layout-cell></ac:layout-section></ac:layout>',
    ),
  'nested comment markers': (n) =>
    paragraph(wrap('<ac:inline-comment-marker ac:ref="r">', n / 2, 'x', '</ac:inline-comment-marker>')),
  'nested ADF': (n) =>
    wrap(
      '<ac:adf-extension><ac:adf-node type="x"><ac:adf-content>',
      n / 4,
      '',
      '</ac:adf-content></ac:adf-node></ac:adf-extension>',
    ),
  'cells in one row': (n) => table(`<tr>${'<td>x</td>'.repeat(n)}</tr>`),
  'cells in a grid': (n) => table(`<tr>${'<td>x</td>'.repeat(100)}</tr>`.repeat(n / 100)),
  'rows of one cell': (n) => table('<tr><td>x</td></tr>'.repeat(n)),
  'one long row and many short ones': (n) =>
    table(`<tr>${'<td>x</td>'.repeat(n / 2)}</tr>${'<tr><td>x</td></tr>'.repeat(n / 2)}`),
  'merged cells over each other': (n) =>
    table('<tr><td rowspan="999" colspan="999">x</td></tr>'.repeat(n / 4)),
  tables: (n) => table('<tr><td>x</td></tr>').repeat(n / 4),
  attributes: (n) => `<p ${Array.from({ length: n }, (_, i) => `a${i}="${i}"`).join(' ')}>x</p>`,
  'one enormous attribute': (n) => `<p><a href="https://e.example/${'x&amp;'.repeat(n)}">y</a></p>`,
  entities: (n) => paragraph('&amp;&nbsp;'.repeat(n / 2)),
  'paragraphs of one id': (n) => '<p local-id="same-id">x</p>'.repeat(n),
  'equal paragraphs': (n) => '<p>same</p>'.repeat(n),
  'empty paragraphs': (n) => '<p />'.repeat(n),
  'inline siblings': (n) => paragraph('<b>x</b> '.repeat(n)),
  'inline siblings without a paragraph': (n) => '<b>x</b> '.repeat(n),
  'line breaks': (n) => paragraph('<br />'.repeat(n)),
  'equal headings': (n) => '<h1>a</h1>'.repeat(n),
  'headings of all levels': (n) =>
    Array.from({ length: n }, (_, i) => `<h${1 + (i % 6)}>t${i}</h${1 + (i % 6)}>`).join(''),
  'a large CDATA section': (n) =>
    macro('code', `<ac:plain-text-body><![CDATA[${'x = ]] > `` :::\n'.repeat(n)}]]></ac:plain-text-body>`),
  'many CDATA sections': (n) => paragraph('<![CDATA[x]]>'.repeat(n)),
  'one long word': (n) => paragraph('x'.repeat(10 * n)),
  'one long text': (n) => paragraph('word '.repeat(2 * n)),
  'white space': (n) => paragraph(' '.repeat(10 * n)),
  'white space between blocks': (n) => `${' \n'.repeat(5 * n)}<p>x</p>`,
  'white space in code': (n) =>
    macro('code', `<ac:plain-text-body><![CDATA[x${' '.repeat(5 * n)}x]]></ac:plain-text-body>`),
  'line ends in code': (n) =>
    macro('code', `<ac:plain-text-body><![CDATA[x${'\n'.repeat(5 * n)}x]]></ac:plain-text-body>`),
  'white space in tags': (n) => `<p${' '.repeat(5 * n)}a="${' '.repeat(5 * n)}x"${' '.repeat(5 * n)}/>`,
  'commas, brackets and spaces in a style': (n) => `<p style="${'( , '.repeat(n)}">x</p>`,
  'non-breaking spaces': (n) => paragraph('\u00a0'.repeat(5 * n)),
  'invisible characters': (n) => paragraph('\u200b\u200d\u0915'.repeat(n)),
  backticks: (n) => paragraph(`<code>${'`'.repeat(5 * n)}</code>`),
  'signs of Markdown': (n) => paragraph('* _ [ ~~ '.repeat(n)),
  backslashes: (n) => paragraph('\\'.repeat(5 * n)),
  colons: (n) => paragraph(':'.repeat(5 * n)),
  'lines of colons': (n) => paragraph(':::x<br />'.repeat(n)),
  'things like placeholders': (n) => paragraph('{{macro:'.repeat(n)),
  'signs at the end of a heading': (n) => `<h2>${'#'.repeat(5 * n)}</h2>`,
  'pipes in a cell': (n) => table(`<tr><td>${'|\\'.repeat(n)}</td></tr>`),
  images: (n) => `${'<ac:image><ri:attachment ri:filename="x" /></ac:image>'.repeat(n / 2)}text`,
  'HTML comments': (n) => '<!-- x -->'.repeat(n),
  'processing instructions': (n) => '<?x y?>'.repeat(n),
  tasks: (n) =>
    `<ac:task-list>${'<ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>x</ac:task-body></ac:task>'.repeat(n / 4)}</ac:task-list>`,
  macros: (n) => '<ac:structured-macro ac:name="toc" ac:macro-id="1" />'.repeat(n / 2),
  'parameters of one macro': (n) => macro('x', '<ac:parameter ac:name="p">v</ac:parameter>'.repeat(n / 2)),
  'a parameter full of elements': (n) =>
    macro('x', `<ac:parameter ac:name="p">${'<b>v</b>'.repeat(n)}</ac:parameter>`),
  'links to pages': (n) => paragraph('<ac:link><ri:page ri:content-title="T" /></ac:link> '.repeat(n / 2)),
  mentions: (n) => paragraph('<ac:link><ri:user ri:account-id="a" /></ac:link> '.repeat(n / 2)),
  'list items': (n) => `<ul>${'<li>x</li>'.repeat(n)}</ul>`,
  'paragraphs of one list item': (n) => `<ul><li>${'<p>x</p> '.repeat(n)}</li></ul>`,
  panels: (n) => macro('info', '<ac:rich-text-body><p>x</p></ac:rich-text-body>').repeat(n / 4),
};

/** Texts that are refused, however long. */
export const hostileTexts: Record<string, (n: number) => string> = {
  'only <': (n) => '<'.repeat(n),
  'only &': (n) => '&'.repeat(n),
  'tags never closed': (n) => '<p>'.repeat(n),
  'tags never opened': (n) => '</p>'.repeat(n),
  'a tag that does not end': (n) => `<p ${'a '.repeat(n)}`,
  'attributes that do not end': (n) => `<p ${'a="1" '.repeat(n)}`,
  'a value that does not end': (n) => `<p a="${'x'.repeat(n)}`,
  'one attribute again and again': (n) => `<p ${'a="1" '.repeat(n)}/>`,
  'spaces in a tag': (n) => `<p${' '.repeat(n)}`,
  'a comment that does not end': (n) => `<!--${' -'.repeat(n)}`,
  'comments that do not end': (n) => '<!-- '.repeat(n),
  'CDATA that does not end': (n) => `<![CDATA[${']'.repeat(n)}`,
  'an instruction that does not end': (n) => `<?x ${'? '.repeat(n)}`,
  'a long number': (n) => `<p>&#${'0'.repeat(n)}</p>`,
  'a long name': (n) => `<p>&${'a'.repeat(n)};</p>`,
  'billion laughs': (n) =>
    `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: Math.min(n, 50) }, (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i === 0 ? '' : i};`.repeat(10)}">`).join('')}]><p>&lol50;</p>`,
  'an external entity': () => '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;</p>',
  'an entity nobody declared': () => '<p>&lol9;</p>',
  'a lone surrogate at the end': (n) => `${'x'.repeat(n)}\ud800`,
  'a NUL at the end': (n) => `${'x'.repeat(n)}\u0000`,
};
