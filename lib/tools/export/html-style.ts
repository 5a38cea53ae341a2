/** The style of exported HTML, written into each file. */
export const htmlStyle = `
:root{color-scheme:light;font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#1f2430;background:#fff}
body{margin:0}main{max-width:54rem;margin:0 auto;padding:3rem 1.5rem 5rem}
header{border-bottom:1px solid #d9dde3;margin-bottom:1.5rem}header h1{font-size:2.1rem;line-height:1.2;margin:.2rem 0 .6rem}
.trail,.facts{color:#5c6470;font-size:.85rem;margin:0 0 .8rem;overflow-wrap:anywhere}
h1,h2,h3,h4,h5,h6{line-height:1.3;margin:1.8em 0 .5em}a,.link{color:#1d5bd6}
code,pre{font:.86em/1.5 ui-monospace,"JetBrains Mono",Menlo,Consolas,monospace}
code{background:#f3f5f7;border-radius:3px;padding:.1em .3em}
.code{background:#f3f5f7;border-left:3px solid #d9dde3;border-radius:3px;margin:1em 0;padding:.7em 1em;overflow-x:auto}
.code pre{margin:0}.code code{padding:0;background:none}.title{font-weight:600}.code .title{color:#8a919c;font-size:.8rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #d9dde3;padding:.45em .7em;text-align:start;vertical-align:top}
th{background:#f1f3f6}td>p,th>p,li>p{margin:.2em 0}
.panel,aside{border-left:4px solid #b3bac5;background:#f5f6f8;border-radius:3px;margin:1em 0;padding:.6em 1em}
.panel.info{background:#e9f2fe;border-color:#2f6fde}.panel.note{background:#f3f0fe;border-color:#7a5bd0}
.panel.tip{background:#e6f7ee;border-color:#219a62}.panel.warning{background:#fdecea;border-color:#cf3f31}
.panel>p:last-child{margin-bottom:.2em}.panel>p:first-child{margin-top:.2em}
.status{background:#e4e7ec;border-radius:3px;color:#3f4753;font-size:.72em;font-weight:700;padding:.2em .45em;text-transform:uppercase;white-space:nowrap}
.status.green{background:#d8f3e4;color:#14683f}.status.blue{background:#deebff;color:#0c4aa8}.status.red{background:#fde0dc;color:#a52a1b}
.status.yellow{background:#fff0c9;color:#7a5200}.status.purple{background:#eae4fb;color:#51379a}
.mention{background:#e8effc;border-radius:3px;color:#1d5bd6;padding:0 .25em}time{background:#f3f5f7;border-radius:3px;padding:0 .25em}
.macro{background:#fafbfc;border:1px dashed #c9cfd8;border-radius:3px;color:#5c6470;display:inline-block;font-size:.85em;padding:.2em .5em;overflow-wrap:anywhere}
.missing{color:#8a919c}.task{list-style:none;margin-left:-1.4em}
figure{margin:1em 0}img{max-width:100%;height:auto}figcaption{color:#5c6470;font-size:.85rem}
.layout{display:grid;gap:1.5rem;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr))}
.toc{background:#f5f6f8;border-radius:3px;padding:.6em 1em}.toc ul{list-style:none;margin:0;padding:0}
.l2{padding-left:1em}.l3{padding-left:2em}.l4,.l5,.l6{padding-left:3em}
blockquote{border-left:3px solid #d9dde3;color:#5c6470;margin:1em 0;padding-left:1em}hr{border:0;border-top:1px solid #d9dde3}
`.replace(/\n/g, '');
