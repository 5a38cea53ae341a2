/** The look of the practice Confluence, light and dark, from 390 px up. */
export const styles = `
:root{color-scheme:light dark;--ink:#172b4d;--soft:#505f79;--line:#dcdfe4;--ground:#fff;--sunk:#f7f8f9;--link:#0c66e4;--blue:#1868db;--info:#e9f2ff;--tip:#dcfff1;--note:#f3f0ff;--warn:#fff7d6;--mark:#fff0b3}
@media (prefers-color-scheme:dark){:root{--ink:#d9dfe7;--soft:#9fadbc;--line:#3a424b;--ground:#1d2125;--sunk:#161a1d;--link:#85b8ff;--blue:#1868db;--info:#0d2340;--tip:#0e2a20;--note:#251f3f;--warn:#332800;--mark:#5c4a00}}
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.6 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
h1,h2,h3,h4,h5,h6{line-height:1.25;margin:1.6em 0 .5em;font-weight:650}h1{font-size:1.75rem}h2{font-size:1.3rem}h3{font-size:1.1rem}h4,h5,h6{font-size:1rem}
.muted{color:var(--soft);font-size:.875rem}
.badge{background:var(--mark);color:var(--ink);border-radius:999px;padding:.1rem .6rem;font-size:.75rem;font-weight:600}
.avatar{display:inline-grid;place-items:center;flex:none;width:2rem;height:2rem;border-radius:50%;background:var(--blue);color:#fff;font-size:.75rem;font-weight:650}
.bar{position:sticky;top:0;z-index:1;display:flex;gap:.9rem;align-items:center;padding:.55rem 1.25rem;border-bottom:1px solid var(--line);background:var(--ground)}
.bar .home{display:flex;gap:.5rem;align-items:center;color:inherit;font-weight:650;white-space:nowrap}.bar form{margin:0}.bar .search{flex:1;max-width:26rem;margin-left:auto}
input[type=search]{width:100%;font:inherit;font-size:.9rem;padding:.35rem .7rem;border:1px solid var(--line);border-radius:6px;background:var(--sunk);color:inherit}
.shell{display:grid;grid-template-columns:17rem minmax(0,1fr);min-height:calc(100vh - 3.3rem)}
.side{border-right:1px solid var(--line);background:var(--sunk);padding:1rem;font-size:.9rem;overflow:auto}.side h2{font-size:.95rem;margin:.2rem 0 .6rem}.side ul{list-style:none;margin:0;padding-left:.8rem}.side>nav>ul{padding-left:0}.side li{margin:.15rem 0}.side a{color:inherit;display:block;padding:.1rem .4rem;border-radius:4px}.side a:hover{background:var(--line);text-decoration:none}.side [aria-current]{background:var(--info);color:var(--link);font-weight:600}
.main{padding:1.25rem 2.5rem 4rem;min-width:0}.wide{max-width:62rem;margin:0 auto;padding:1.25rem 1.5rem 4rem}.doc{max-width:52rem}
.doc>header{border-bottom:1px solid var(--line);padding-bottom:.8rem;margin-bottom:1.2rem}.doc>header h1{margin:.4rem 0 .6rem;font-size:2rem}.byline{display:flex;gap:.5rem;align-items:center}
.labels{display:flex;flex-wrap:wrap;gap:.35rem;list-style:none;padding:0;margin:.7rem 0 0}.labels li{background:var(--sunk);border:1px solid var(--line);border-radius:4px;padding:0 .5rem;font-size:.8rem}
.doc table{border-collapse:collapse;margin:1em 0;display:block;max-width:100%;overflow-x:auto}.doc td,.doc th,.grid td,.grid th{border:1px solid var(--line);padding:.45rem .65rem;vertical-align:top;text-align:left}.doc th,.grid th{background:var(--sunk);font-weight:600}td>p:first-child,th>p:first-child{margin-top:0}td>p:last-child,th>p:last-child{margin-bottom:0}
.wide>h1{margin-top:.6em}.results p{margin:.3rem 0}
.grid{border-collapse:collapse;width:100%}
pre{background:var(--sunk);border:1px solid var(--line);border-radius:6px;padding:.8rem 1rem;overflow-x:auto;font-size:.85rem;line-height:1.5}code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.88em}:not(pre)>code{background:var(--sunk);border:1px solid var(--line);border-radius:4px;padding:0 .25rem}
.code{margin:1em 0}.code-head{font-size:.8rem;color:var(--soft);margin-bottom:-.6rem}
.panel{border-radius:6px;padding:.7rem 1rem;margin:1em 0;background:var(--sunk);border-left:4px solid var(--line)}.panel>:first-child{margin-top:0}.panel>:last-child{margin-bottom:0}.panel-title{font-weight:650;margin:0 0 .3rem}.panel.info{background:var(--info);border-color:#388bff}.panel.tip{background:var(--tip);border-color:#22a06b}.panel.note{background:var(--note);border-color:#8270db}.panel.warning{background:var(--warn);border-color:#cf9f02}
.lozenge{display:inline-block;border-radius:4px;padding:0 .4rem;font-size:.72rem;font-weight:700;text-transform:uppercase;line-height:1.5;background:#dcdfe4;color:#172b4d}.lozenge.red{background:#ffd5d2;color:#5d1f1a}.lozenge.yellow{background:#f8e6a0;color:#533f04}.lozenge.green{background:#baf3db;color:#164b35}.lozenge.blue{background:#cce0ff;color:#09326c}.lozenge.purple{background:#dfd8fd;color:#352c63}
.macro{border:1px dashed var(--line);border-radius:6px;padding:.5rem .8rem;margin:.8em 0}.macro.inline{display:inline-block;padding:0 .5rem;margin:0}.macro-name{font-size:.75rem;font-weight:650;color:var(--soft);font-family:ui-monospace,monospace}
.details{border:1px solid var(--line);border-radius:6px;padding:0 1rem}.expand{border:1px solid var(--line);border-radius:6px;padding:.4rem .9rem;margin:1em 0}.expand summary,.scopes summary{cursor:pointer}
.tasks{list-style:none;padding-left:.2rem}.tasks li{display:flex;gap:.5rem;align-items:baseline}.tasks li>span>:first-child{margin-top:0}
.section{display:flex;gap:1.5rem;flex-wrap:wrap}.cell{flex:1 1 14rem;min-width:0}.two-left-sidebar>:first-child,.two-right-sidebar>:last-child{flex:0 1 14rem}
.mention{background:var(--info);color:var(--link);border-radius:999px;padding:0 .4rem}.chip{background:var(--sunk);border:1px solid var(--line);border-radius:4px;padding:0 .35rem;font-size:.9em}.missing{color:var(--soft);border-bottom:1px dashed currentColor}mark{background:var(--mark);color:inherit}
figure{margin:1em 0}img{max-width:100%;height:auto}figcaption{color:var(--soft);font-size:.85rem}blockquote{margin:1em 0;padding:.1rem 1rem;border-left:3px solid var(--line);color:var(--soft)}hr{border:0;border-top:1px solid var(--line)}
.toc{border:1px solid var(--line);border-radius:6px;padding:.4rem 1rem;margin:1em 0;font-size:.9rem}.toc ul{list-style:none;padding:0;margin:0}.toc .h3{padding-left:1rem}.toc .h4,.toc .h5,.toc .h6{padding-left:2rem}
.results{list-style:none;padding:0}.results li{padding:.7rem 0;border-bottom:1px solid var(--line)}.results h2{margin:0;font-size:1.05rem}
.comments{max-width:52rem;margin-top:2.5rem;border-top:1px solid var(--line)}.comment{margin:1rem 0;padding-left:.9rem;border-left:2px solid var(--line)}.comment p{margin:.2rem 0}
.card-page{background:var(--sunk);display:grid;place-items:start center;min-height:100vh;padding:2.5rem 1rem}
.card{width:100%;max-width:30rem;background:var(--ground);border:1px solid var(--line);border-radius:12px;padding:1.5rem 1.6rem 1.7rem;box-shadow:0 8px 28px rgb(9 30 66/.08)}.card h1{font-size:1.4rem;margin:1.1rem 0 .5rem}.card h2{font-size:1rem;margin:1.2rem 0 .4rem}
.card-head{display:flex;gap:.55rem;align-items:center}.card-head .badge{margin-left:auto}.stack{display:flex;flex-direction:column;gap:.6rem}
button{font:inherit;cursor:pointer;border:1px solid var(--line);border-radius:8px;background:var(--ground);color:inherit;padding:.5rem 1.1rem}button:hover{background:var(--sunk)}button.primary{background:var(--blue);border-color:var(--blue);color:#fff;font-weight:600}button.primary:hover{filter:brightness(1.08)}button.link{border:0;background:none;color:var(--link);padding:.2rem .3rem}button.person{display:flex;gap:.8rem;align-items:center;text-align:left;width:100%;line-height:1.35}
.who{display:flex;gap:.7rem;align-items:center;background:var(--sunk);border-radius:8px;padding:.6rem .8rem;line-height:1.35}.who form{margin:0 0 0 auto}.scopes{border-bottom:1px solid var(--line);padding:.35rem 0}.scopes ul{margin:.3rem 0;padding-left:1.2rem}
fieldset{border:1px solid var(--line);border-radius:8px;padding:.3rem .9rem .7rem;margin:.6rem 0 0}fieldset p{margin:.2rem 0}legend{font-weight:600;padding:0 .3rem}.choice{display:block;padding:.2rem 0}.actions{display:flex;gap:.6rem;margin-top:.7rem}.actions .primary{flex:1}.problem{color:#ae2e24;margin:.2rem 0}@media (prefers-color-scheme:dark){.problem{color:#fd9891}}
@media (max-width:48rem){.shell{display:block}.side{border-right:0;border-bottom:1px solid var(--line);max-height:14rem}.main,.wide{padding:1rem 1rem 3rem}.bar{padding:.5rem 1rem;flex-wrap:wrap}.bar .search{order:9;flex-basis:100%;max-width:none;margin:0}.bar>a:last-child{margin-left:auto}.doc>header h1{font-size:1.6rem}.card-page{padding:1rem .75rem}}
`;
