/**
 * The Markdown that pages are written in, for a model that is about to write one. The view of a page uses the
 * same notation; what it shows beyond this carries an `#id` and is copied unchanged.
 */
export const markdownNotation = `CommonMark and GFM (tables, "- [ ]" tasks, ~~strikethrough~~), and:
{status:Done|green} (grey, red, yellow, green, blue, purple) · {date:2026-01-31} · :tick: · @[Jane Doe] or @[Jane](user:accountId)
[text](page:SPACE/Title#anchor) · [text](#anchor) · [file](attachment:a.pdf) · [text](https://...){card=inline|block|embed}
![alt](attachment:a.png "Caption"){width=600 align=center} · <u>, <sub>, <sup>, <br> · ## Heading {#anchor}
Code: \`\`\`js title="a.js" linenumbers collapse firstline=3
Boxes: ":::info Title", blocks, ":::" on a line of its own; also note, tip, warning, success, error, expand, excerpt, details, panel {bgColor=#deebff panelIconText="🚀"}
Columns: :::columns with a :::column for each (top level only)
Tables: "<br>" breaks a line, "• x<br>• y" is a list. In ":::table {headers=row|column|both layout=wide width=960}" a cell "←" joins the one on its left, "↑" the one above
Any macro: {{macro:toc maxLevel=3}} · with text: \`\`\`{{macro:plantuml}} · with blocks: :::macro name key=value. Values page:SPACE/Title, attachment:name, user:accountId, space:KEY name things; "_" is the parameter without a name: {{macro:include _=page:ENG/Other}}
Of the page: {{... #id}}, :::name {#id} and {comment #id}...{/comment} come back as they were: copy them unchanged. Colours, alignment, widths and ids that Markdown does not show stay where the text stays.
Not possible in Markdown: text colour, footnotes, HTML; give storage for those. A backslash before a sign makes it text.`;
