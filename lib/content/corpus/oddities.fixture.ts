/**
 * Bodies with characters that an editor or a version control system might change in a file of their own:
 * carriage returns, non-breaking spaces, characters that are not seen.
 */
export const oddities: { name: string; about: string; storage: string }[] = [
  {
    name: 'carriage-returns',
    about: 'line ends of Windows between blocks, in text and in code',
    storage:
      '<p>first\r\nline</p>\r\n<ul>\r\n<li>item</li>\r\n</ul>\r\n<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[one\r\ntwo\r\n]]></ac:plain-text-body></ac:structured-macro>\r\n<pre>a\rb</pre>',
  },
  {
    name: 'raw-non-breaking-spaces',
    about: 'raw non-breaking and narrow spaces in text, at ends, alone, in links and cells',
    storage:
      '<p>9\u00a0knots\u202fat\u2009most\u00a0</p><p>\u00a0</p><p>\u00a0\u00a0indented</p><p><strong>\u00a0bold\u00a0</strong></p><table><tbody><tr><td>\u00a0</td><td>x\u00a0</td></tr></tbody></table><h2>\u00a0Heading</h2><ul><li>\u00a0item</li></ul>',
  },
  {
    name: 'hidden-characters',
    about: 'zero-width characters, direction marks, soft hyphens, a byte order mark',
    storage:
      '<p>zero\u200bwidth, join\u200der, left\u200e right\u200f, soft\u00adhyphen, mark\ufeff, over\u202eride\u202c</p><p>\u200b</p><p>word\u2060joiner</p><p>\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645</p>',
  },
  {
    name: 'hidden-characters-in-code',
    about: 'direction overrides in code, a title and a link',
    storage:
      '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[if (a\u202e) { }\u200b]]></ac:plain-text-body></ac:structured-macro><p><a href="https://b.example/\u200b">li\u200bnk</a></p><ac:structured-macro ac:name="expand"><ac:parameter ac:name="title">ti\u200btle</ac:parameter><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>',
  },
  {
    name: 'combining-marks',
    about: 'composed and decomposed letters, marks without a letter, joined scripts',
    storage:
      '<p>caf\u00e9 cafe\u0301 \u0301alone Z\u030a\u0331 \u1112\u1161\u11ab \u0928\u092e\u0938\u094d\u0924\u0947 \u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22</p>',
  },
  {
    name: 'tabs-and-odd-spaces',
    about: 'tabs, line breaks and wide spaces within text; line and paragraph separators',
    storage:
      '<p>a\tb\n\n  c\u3000d\u2028e\u2029f\u0085g</p><p>\t\n</p><pre>\ta\n\t\tb\u2028c</pre><ul><li>\n\tx\n</li></ul>',
  },
  {
    name: 'single-quoted-attributes',
    about: 'attributes in single quotes, white space and line breaks in tags',
    storage:
      "<p local-id='a\"b' >x</p >\n<ac:link  ac:anchor = 'it&apos;s' ><ri:page\n  ri:content-title='The \"old\" quay'\n/></ac:link><ac:image\tac:width='10'\t><ri:attachment ri:filename='q.png'/></ac:image >",
  },
  {
    name: 'byte-order-mark',
    about: 'a byte order mark at the start of the body',
    storage: '\ufeff<p>Exported by an old tool.</p>',
  },
  {
    name: 'ends-with-line-breaks',
    about: 'white space around the whole body',
    storage: '\n\n  <p>In the middle.</p>\n\n',
  },
  {
    name: 'private-use-characters',
    about: 'private use and rare signs that a program might take for its own marks',
    storage:
      '<p>\ue000\uf8ff \u2e28 1 \u2e29 \u2e281\u2e29 \ufffc \ufffd \u{f0000}</p><ul><li>\u2022 a</li></ul>',
  },
];
