/** One page with every macro, element and attribute that is seen in the wild, for testing exports and migrations. */
import { flowSvg, png } from '../files.ts';
import type { FileInput } from '../make.ts';
import { personOf } from '../people.ts';
import { prose } from '../prose.ts';
import { cdata, emoji, esc, h2, image, macro, type Params, p, pageLink, plain, rich } from '../storage.ts';

const file = (name: string) =>
  `<ac:parameter ac:name="name"><ri:attachment ri:filename="${name}" ri:version-at-save="1" /></ac:parameter>`;

type Sample = [name: string, params: Params, body?: string];

const para = (text: string) => rich(p(esc(text)));

const SAMPLES: Sample[] = [
  ['info', { title: 'Planned work', icon: 'true' }, para('An information box with a title.')],
  ['note', { title: 'Please note', icon: 'false' }, para('A note without its icon.')],
  ['tip', { title: 'A tip' }, para('Press the question mark for all shortcuts.')],
  ['warning', { title: 'Careful' }, para('Restarting the gateway locks all wheels.')],
  ['status', { title: 'OLD STYLE', color: 'Green' }],
  [
    'toc',
    {
      style: 'disc',
      minLevel: '2',
      maxLevel: '3',
      include: '.*',
      exclude: 'Draft.*',
      outline: 'true',
      type: 'flat',
      printable: 'true',
    },
    '<ac:adf-fragment-mark><ac:adf-fragment-mark-detail name="Contents 1" local-id="5d1b8a0e-7a52-4e37-9a41-3f10a2b7c001" /></ac:adf-fragment-mark>',
  ],
  [
    'panel',
    {
      title: 'Panel with a title',
      bgColor: '#DEEBFF',
      panelIcon: ':robot:',
      panelIconId: '1f916',
      panelIconText: '🤖',
    },
    para('Panels have colours and an emoji.'),
  ],
  ['anchor', { '': 'sampler-anchor' }],
  [
    'jira',
    {
      server: 'System Jira',
      serverId: 'b1d2c3e4-0000-4a1a-9c3e-5f6a7b8c9d0e',
      jql: 'project = IT',
      columnIds: 'issuekey,summary',
      columns: 'key,summary',
      maximumIssues: '10',
      jqlQuery: 'project = IT order by created',
    },
  ],
  [
    'pagetree',
    {
      excerpt: 'true',
      spaces: 'IT',
      reverse: 'false',
      sort: 'position',
      root: '@none',
      startDepth: '2',
      searchBox: 'false',
      expandCollapseAll: 'true',
    },
  ],
  ['view-file', { height: '150' }, file('sampler-rack.svg')],
  [
    'excerpt',
    { hidden: 'true', name: 'sampler-excerpt', 'atlassian-macro-output-type': 'INLINE' },
    para('Text that other pages may include.'),
  ],
  [
    'livesearch',
    {
      size: 'medium',
      additional: 'none',
      type: 'blogpost',
      labels: 'howto',
      placeholder: 'Find a how-to',
      confluence_fakeparam: 'x',
      'atlassian-macro-output-type': 'BLOCK',
    },
    '<ac:parameter ac:name="spaceKey"><ri:space ri:space-key="IT" /></ac:parameter>',
  ],
  [
    'widget',
    {
      width: '480',
      height: '270',
      overlay: 'youtube',
      _template: 'com/atlassian/confluence/extra/widgetconnector/templates/youtube.vm',
    },
    '<ac:parameter ac:name="url"><ri:url ri:value="https://video.halden.example/embed/41" /></ac:parameter>',
  ],
  [
    'children',
    {
      allChildren: 'false',
      first: '5',
      depth: '2',
      style: 'h5',
      sort: 'creation',
      sortAndReverse: 'true',
      reverse: 'true',
      page: 'IT Home',
    },
  ],
  ['expand', { title: 'Expand with a list' }, rich(prose('- one\n- two'))],
  [
    'plantuml',
    { 'atlassian-macro-output-type': 'INLINE' },
    plain('@startuml\nactor Operator\nOperator -> Console: hold(robot)\n@enduml'),
  ],
  [
    'profile',
    {},
    `<ac:parameter ac:name="user"><ri:user ri:account-id="${personOf('amira').accountId}" /></ac:parameter>`,
  ],
  [
    'contentbylabel',
    { showLabels: 'true', showSpace: 'true', cql: 'label in ("howto","vpn")', max: '5', sort: 'title' },
  ],
  [
    'create-from-template',
    {
      buttonLabel: 'New incident report',
      templateName: '4259843',
      templateId: '4259843',
      blueprintModuleCompleteKey:
        'com.atlassian.confluence.plugins.confluence-business-blueprints:decisions-blueprint',
      contentBlueprintId: 'cbb1d3f2-6a02-4c0f-b1a8-e2b8a5a1e4b7',
      createResult: 'edit',
    },
  ],
  ['multimedia', {}, file('hall-tour.mp4')],
  ['mermaid-cloud', { filename: 'flow', toolbar: 'bottom', zoom: 'fit', revision: '2' }],
  ['sv-translation', { language: 'ja' }, para('ロボットは停止しています。')],
  [
    'ui-steps',
    { size: 'small' },
    rich(macro('ui-step', {}, para('Unpack.')) + macro('ui-step', {}, para('Plug in.'))),
  ],
  [
    'drawio',
    {
      diagramName: 'rack',
      width: '480',
      revision: '3',
      border: 'true',
      simpleViewer: 'true',
      links: 'auto',
      tbstyle: 'top',
      lbox: 'true',
    },
  ],
  [
    'include',
    {},
    `<ac:parameter ac:name="">${pageLink('Guest Wi-Fi').replace(/<ac:link-body>.*?<\/ac:link-body>/, '')}</ac:parameter>`,
  ],
  [
    'excerpt-include',
    { name: 'summary', nopanel: 'true' },
    `<ac:default-parameter>Guest Wi-Fi</ac:default-parameter>`,
  ],
  [
    'gallery',
    {
      title: 'Pictures',
      columns: '2',
      includeLabel: 'rack',
      excludeLabel: 'draft',
      page: 'Network plan Oslo',
    },
    image('sampler-photo.png', { width: 120, height: 60 }),
  ],
  ['noformat', { nopanel: 'true' }, plain('  columns   stay\n  as        they are')],
  [
    'tasks-report-macro',
    {
      spaces: 'IT',
      creators: personOf('amira').accountId,
      assignees: personOf('marcus').accountId,
      pageSize: '20',
      createddateFrom: '2026-01-01',
      isMissingRequiredParameters: 'false',
      status: 'complete',
      spaceAndPage: 'space:IT',
    },
  ],
  [
    'author',
    {
      lastName: 'Haddad',
      firstName: 'Amira',
      wordpressUsername: 'amira',
      twitterAccount: 'amira',
      others: 'IT',
    },
  ],
  ['alert', { title: 'Planned work', type: 'Info' }, para('Sunday, 06:00 UTC.')],
  [
    'auimessage',
    { title: 'Done', type: 'success', icon: 'true', class: 'wide' },
    para('All laptops are encrypted.'),
  ],
  ['show-if', { groupIds: 'IT', matchUsing: 'any' }, para('Only IT sees this line.')],
  [
    'plantumlcloud',
    {
      data: 'SoWkIImgAStDuNBAJrBGjLDmpCbC',
      compressed: 'true',
      revision: '1',
      toolbar: 'bottom',
      filename: 'hold',
      originalWidth: '180',
      originalHeight: '120',
    },
    '<!-- drawn by the add-on --><!-- keep -->',
  ],
  ['blog-posts', { spaces: 'IT', max: '4', sort: 'creation', content: 'excerpts' }],
  [
    'clickable',
    { link: 'https://status.halden.example/', 'atlassian-macro-output-type': 'BLOCK' },
    para('The whole box is a link.'),
  ],
  ['mathblock', { anchor: 'energy', body: 'E = \\frac{1}{2} m v^2' }, plain('E = \\frac{1}{2} m v^2')],
  [
    'gliffy',
    { macroId: '7be0ab6e-6d5c-4f6b-8a44-8b8b3a7a9a01', displayName: 'Racks', name: 'racks', pagePin: '2' },
  ],
  ['space-details', { width: '60%' }],
  [
    'table-filter',
    {
      inverse: 'false,false',
      sparkName: 'Sparkline',
      column: 'Name',
      limitHeight: '400',
      separator: 'Point (.)',
      default: ',',
      isFirstTimeEnter: 'false',
      'cell-width': '150,150',
    },
    rich(
      '<table class="wrapped"><tbody><tr><th>Name</th><th>Floor</th></tr><tr><td>osl-p1</td><td>1</td></tr></tbody></table>',
    ),
  ],
  ['viewxls', { page: 'Order a laptop', space: 'IT' }, file('laptops.xlsx')],
  ['align', { align: 'center' }, para('In the middle.')],
  ['detailssummary', { cql: 'label = "policy"', firstcolumn: 'Policy', headings: 'Owner', sortBy: 'Title' }],
  ['loremipsum', { '': '2' }],
  ['markdown', {}, plain('## From *Markdown*\n\n- item')],
  [
    'recently-updated',
    { types: 'page, blogpost', hideHeading: 'true', max: '3', spaces: 'IT', maxToggle: 'true' },
  ],
  ['eazy-math-inline', { body: 'x^2', align: 'left' }],
  ['easy-math-block', { body: '\\sum_{i=1}^{n} i', align: 'center' }],
  ['export-table', { sheetname: 'Printers' }, para('A table would be here.')],
  [
    'roadmap',
    {
      maplinks: '',
      timeline: 'true',
      pagelinks: '',
      source: '%7B%22title%22%3A%22IT%22%7D',
      title: 'IT roadmap',
      hash: '5e0f4e3b0c9b4b5a',
    },
  ],
  [
    'img',
    {
      src: 'https://images.halden.example/rack.png',
      alt: 'Rack',
      width: '120',
      style: 'border:0',
      id: 'rack',
      dir: 'ltr',
      lang: 'en',
      title: 'A rack',
    },
  ],
  ['mathinline', { body: 'a^2 + b^2 = c^2' }],
  ['pagetreesearch', { rootPage: 'IT Home' }],
  ['scroll-ignore', { parameter1: 'default' }, para('Left out of exports.')],
  ['scroll-ignore-inline', { parameter1: 'default' }],
  [
    'code',
    {
      language: 'python',
      breakoutMode: 'wide',
      breakoutWidth: '900',
      collapse: 'true',
      title: 'nest.py',
      linenumbers: 'true',
      firstline: '10',
      theme: 'RDark',
    },
    plain('m = a[b[0]]\nif m[i[j]]>3: print("]]>")\r\nprint("line ends with CR LF")\r\n'),
  ],
];

/** Old and odd forms: the former editor, imports, parts with attributes that the new editor no longer writes. */
const ODD = `
<!-- imported from the wiki of 2019 -->
<h1 id="old-forms" class="auto-cursor-target" style="text-align: left;">Old forms<sup id="fn"><ac:structured-macro ac:name="anchor" ac:schema-version="1"><ac:parameter ac:name="">fn-1</ac:parameter></ac:structured-macro></sup></h1>
<h2 id="old-h2">Pictures and links <ac:structured-macro ac:name="status" ac:schema-version="1"><ac:parameter ac:name="colour">Blue</ac:parameter><ac:parameter ac:name="title">OLD</ac:parameter></ac:structured-macro></h2>
<h3 id="old-h3" style="color: rgb(9,30,66);">Third <ac:structured-macro ac:name="anchor" ac:schema-version="1"><ac:parameter ac:name="">third</ac:parameter></ac:structured-macro></h3>
<h4 style="margin-left: 30.0px;">Fourth</h4>
<p style="margin-left: 30.0px;" class="auto-cursor-target">Caf&eacute; &amp; co. &quot;quoted&quot; &rarr; d&eacute;j&agrave; vu, fran&ccedil;ais, fen&ecirc;tre, Z&uuml;rich, &Uuml;bung, &ndash; and &mdash;, &hellip;, &lsquo;single&rsquo;, &ldquo;double&rdquo;, &sbquo;low, 21&deg;C, &copy; 2026, &harr;, &lt;tag&gt;, m&ouml;glich, Stra&szlig;e &emsp; ma&ntilde;ana, c&oacute;digo, a&ccedil;&otilde;es, &icirc;le, h&ocirc;tel, s&ucirc;r, k&auml;lte, &egrave;re, d&iacute;a, 5&nbsp;kg, numeric &#8364;20 and &#x2713;, raw no-break space here:\u00a0end, beyond the plane: 🤖🛰️ 𝛼.</p>
<p><span style="color: rgb(255,0,0);" class="fabric-text-color-mark" aria-hidden="true" param="x">Red text</span>, <u>underlined</u>, <em>slanted</em>, <strong style="color: rgb(0,51,102);" title="bold">bold with style</strong>, x<sup>2</sup>, <code class="mono" style="font-size: 11px;">code<ac:inline-comment-marker ac:ref="8f0d9f6a-3c1d-4a55-9e1b-6e2f0b7d1a11">marked code</ac:inline-comment-marker></code><br />second line</p>
<ul class="alternate" style="list-style-type: square;"><li style="margin-left: 10px;" id="first-item">first <ac:image ac:height="16"><ri:attachment ri:filename="sampler-photo.png" /></ac:image></li><li><p>second <ac:link><ri:page ri:content-title="Guest Wi-Fi" /></ac:link></p><ol start="3"><li>third<ul><li>deep<ol><li>deeper <ac:structured-macro ac:name="status" ac:schema-version="1"><ac:parameter ac:name="title">DEEP</ac:parameter></ac:structured-macro></li></ol></li></ul></li></ol></li></ul>
<p><a href="https://halden.example/" rel="nofollow" class="external-link" style="color: blue;" role="button" local-id="a1b2c3d4e5f6">A link with everything</a> <a href="https://halden.example/pictures"><ac:image ac:alt="linked" ac:width="80"><ri:url ri:value="https://images.halden.example/linked.png" /></ac:image></a></p>
<p><ac:link ac:tooltip="To the anchor" ac:anchor="sampler-anchor"><ac:link-body><strong>anchor</strong> on this page</ac:link-body></ac:link>, <ac:link><ri:space ri:space-key="ENG" /><ac:plain-text-link-body>${cdata('Engineering')}</ac:plain-text-link-body></ac:link>, <ac:link><ri:blog-post ri:content-title="Passkeys for everybody" ri:posting-day="2026/09/09" /></ac:link>, <ac:link><ri:content-entity ri:content-id="987654321" ri:version-at-save="4" /><ac:link-body>by id</ac:link-body></ac:link>, <ac:link ac:card-appearance="inline" ac:local-id="9d3f0a51-1c6e-4d0e-8a32-6f1e77a0c001"><ri:page ri:space-key="PLAT" ri:content-id="987654321" ri:content-title="Platform Operations Handbook" ri:version-at-save="4" /><ac:link-body>Platform Operations Handbook</ac:link-body></ac:link>, <ac:link><ri:attachment ri:filename="gateways.csv"><ri:page ri:content-title="Gateway inventory" ri:space-key="PLAT" /></ri:attachment></ac:link>, <ac:link><ri:user ri:userkey="8a7f808a5b1c2d3e015b1c2d3e4f0001" /></ac:link>, <ac:link><ri:user ri:username="amira" /></ac:link></p>
<ac:figure><ac:image ac:align="left" ac:width="160" ac:alt="Photo"><ri:attachment ri:filename="sampler-photo.png" /><ac:caption><ac:plain-text-body>${cdata('A caption of the first kind')}</ac:plain-text-body></ac:caption></ac:image></ac:figure>
<p><ac:macro ac:name="toc" /><ac:macro ac:name="info"><ac:parameter ac:name="title">Old macro</ac:parameter><ac:rich-text-body><p>Written before 2013.</p></ac:rich-text-body></ac:macro><ac:emoticon ac:name="light-on" ac:unknown-parameters-are-kept="true" ac:local-id="0b8c2f7d-9a51-4a57-8f0c-2ad1c5f0a001" /> <ac:placeholder ac:type="mention">Name the owner</ac:placeholder></p>
<ac:structured-macro name="anchor"><ac:parameter name="">unprefixed</ac:parameter></ac:structured-macro>
<table class="wrapped relative-table" style="width: 80.0%;"><colgroup><col style="width: 40.0%;" span="1" /><col /></colgroup><thead><tr class="tablesorter-headerRow"><th class="confluenceTh" style="text-align: center;" scope="col" title="Head" colspan="2">Head</th></tr></thead><tbody class="body"><tr class="odd"><th rowspan="2" scope="row">Side</th><td class="confluenceTd highlight-green" data-highlight-colour="green" style="text-align: right;">1</td></tr><tr><td>2</td></tr></tbody></table>
<blockquote><p>A quote of the old kind.</p></blockquote>
<pre class="screen" style="margin: 0;">preformatted
text</pre>
<div class="content-wrapper" style="width: 100%;" id="wrap" role="note"><p>A div in a page, with <ac:link><ri:page ri:content-title="VPN setup" /></ac:link>.</p></div>
<html><p>A root element that an import left behind.</p></html>
<p><img class="confluence-embedded-image" src="https://images.halden.example/old.png" alt="Old picture" width="90" title="Old" border="0" /></p>
<p>A task in a paragraph: <ac:task-list><ac:task><ac:task-id>901</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body><p>Outer task, due <time datetime="2026-12-01" /> <a href="https://halden.example/">link</a></p><ac:task-list><ac:task><ac:task-status>complete</ac:task-status><ac:task-body>inner task without an id <ac:placeholder>type here</ac:placeholder></ac:task-body></ac:task></ac:task-list></ac:task-body></ac:task></ac:task-list></p>
<ac:layout><ac:layout-section ac:type="three_with_sidebars"><ac:layout-cell><h2>Left</h2><ol><li>one <ac:link><ri:page ri:content-title="Guest Wi-Fi" /></ac:link></li></ol></ac:layout-cell><ac:layout-cell><h4>Middle</h4><table><tbody><tr><td>cell</td></tr></tbody></table></ac:layout-cell><ac:layout-cell><hr /><p><span><ac:image ac:width="40"><ri:attachment ri:filename="sampler-photo.png" /></ac:image></span><sup><ac:link ac:anchor="fn-1"><ac:plain-text-link-body>${cdata('1')}</ac:plain-text-link-body></ac:link></sup></p></ac:layout-cell></ac:layout-section></ac:layout>
<ac:structured-macro ac:name="info" ac:schema-version="1"><ac:rich-text-body><ac:image ac:width="60"><ri:attachment ri:filename="sampler-photo.png" /></ac:image></ac:rich-text-body></ac:structured-macro>
<ac:structured-macro ac:name="note" ac:schema-version="1"><ac:parameter ac:name="title"><a href="https://halden.example/">linked title</a></ac:parameter><ac:rich-text-body><div><ac:link><ri:page ri:content-title="VPN setup" /></ac:link></div></ac:rich-text-body></ac:structured-macro>
<ac:task-list><ac:task><ac:task-id>902</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body><a href="https://halden.example/tasks">a link as a task</a></ac:task-body></ac:task></ac:task-list>
<h1>Heading with a macro <ac:structured-macro ac:name="status" ac:schema-version="1"><ac:parameter ac:name="title">NEW</ac:parameter></ac:structured-macro></h1>
Text at the top level, then a bare link: <a href="https://halden.example/bare">halden.example/bare</a>
<hr />`.trim();

/** The body of the sampler page. */
export const samplerBody = (): string[] => [
  prose(
    'Used when we test an export or a migration: every macro of our sites once, then old and odd forms. Nothing here is an instruction to anybody.',
  ),
  h2('Macros'),
  ...SAMPLES.map(([name, params, body = '']) =>
    macro(name, params, body, name === 'code' ? ' data-layout="wide"' : ''),
  ),
  p(`Emoji: ${['rocket', 'warning', 'check_mark', 'smile'].map(emoji).join(' ')}`),
  ODD,
];

/** Its attachments; the video and the sheet are left out on purpose, the migration test expects two missing files. */
export const samplerFiles = (): FileInput[] => [
  { name: 'sampler-rack.svg', content: flowSvg('Rack', ['Switch', 'Gateway', 'UPS']) },
  { name: 'sampler-photo.png', content: png(60, 30, 0xff991f) },
];
