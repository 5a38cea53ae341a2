/** Words by which people mark actions, decisions and deadlines in prose: English, German, Spanish, French, Japanese. */

/** A line that begins with one of these is an action; what follows is its text. */
const actionWords =
  'action(?: item| point)?s?|ai|ap|to ?-?do|next step|follow[ -]?up|aktion|aktionspunkt|aufgabe|ma(?:ß|ss)nahme|offener punkt|acci(?:ó|o)n|acciones|tarea|pendiente|t(?:â|a)che|アクション|アクションアイテム|宿題|対応|タスク|作業';
const decisionWords =
  'decision|decided|we decided|entscheidung|beschluss|entschieden|decisi(?:ó|o)n|acuerdo|d(?:é|e)cision|決定|決定事項|合意';
/** What may stand between the word and the text: a colon, a dash with spaces, a full-width colon. */
const sign = '\\s*(?:[:：]|\\s[-–—]\\s)\\s*';

export const actionLine = new RegExp(
  `^(?:[-*•・]\\s*)?(?:${actionWords})\\s*\\d*${sign}(?<text>\\S.*)$`,
  'iu',
);
export const decisionLine = new RegExp(
  `^(?:[-*•・]\\s*)?(?:${decisionWords})\\s*\\d*${sign}(?<text>\\S.*)$`,
  'iu',
);

/** A heading under which every list item is an action (or a decision). */
export const actionHeading = new RegExp(
  `^(?:\\d+[.)]?\\s*)?(?:${actionWords}|next steps|n(?:ä|ae)chste schritte|aufgaben|ma(?:ß|ss)nahmen|aktionen|tareas|pr(?:ó|o)ximos pasos|prochaines (?:é|e)tapes|次のステップ)\\s*:?$`,
  'iu',
);
export const decisionHeading = new RegExp(
  `^(?:\\d+[.)]?\\s*)?(?:${decisionWords}|decisions|entscheidungen|beschl(?:ü|ue)sse|decisiones|acuerdos|d(?:é|e)cisions)\\s*:?$`,
  'iu',
);

/** Words that make a line with a day in it a deadline, wherever they stand. */
export const deadlineWords =
  /(?<![\p{L}\p{N}])(?:deadline|due|no later than|at the latest|cut-?off|frist|f(?:ä|ae)llig|sp(?:ä|ae)testens|stichtag|fecha l(?:í|i)mite|a m(?:á|a)s tardar|plazo|(?:é|e)ch(?:é|e)ance)(?![\p{L}\p{N}])|締め?切り?|期限|期日|納期/iu;
/** Words that do so right before the day, and the one that follows it. */
export const untilBefore =
  /(?<![\p{L}\p{N}])(?:by|until|before|bis(?: zum)?|vor(?: dem)?|antes del?|hasta(?: el)?|para el|avant(?: le)?|jusqu’au)\s+(?:the\s+)?$/iu;
export const untilAfter = /^\s*まで/u;

/** Titles of table columns. */
export const columns = {
  action:
    /^(?:actions?|action items?|tasks?|to ?-?dos?|next steps?|what|aktion(?:en)?|aufgaben?|ma(?:ß|ss)nahmen?|was|acci(?:ó|o)n(?:es)?|tareas?|qu(?:é|e)|t(?:â|a)ches?|アクション|対応|対応内容|作業|タスク|内容)$/iu,
  owner:
    /^(?:owner|who|assignee|assigned to|responsible|resp\.?|lead|wer|verantwortlich(?:e[rn]?)?|zust(?:ä|ae)ndig|responsable|qui(?:é|e)n|qui|担当|担当者)$/iu,
  due: /^(?:due|due date|by|by when|when|deadline|date|until|bis|bis wann|wann|f(?:ä|ae)llig(?: am)?|frist|termin|fecha(?: l(?:í|i)mite)?|plazo|cu(?:á|a)ndo|para cu(?:á|a)ndo|(?:é|e)ch(?:é|e)ance|期限|期日|締切|納期)$/iu,
  state: /^(?:status|state|done\??|stand|estado|(?:é|e)tat|状態|状況)$/iu,
};

/** A state that says it is finished. */
export const finished =
  /(?<![\p{L}\p{N}])(?:done|complete[d]?|closed|finished|erledigt|fertig|hecho|completad[oa]|termin(?:é|e)|fait)(?![\p{L}\p{N}])|完了|済/iu;
