/** Pages in need of care: links and files that lead nowhere, notes nobody links to, meetings in four languages. */
import { pageMaker } from '../make.ts';
import { inline, prose } from '../prose.ts';
import { code, image, macro, p, pageLink, params, table, taskList, td, th } from '../storage.ts';
import type { DemoPage } from '../types.ts';

const eng = pageMaker('ENG');
const plat = pageMaker('PLAT');
const mkt = pageMaker('MKT');

/** A page of Engineering whose neighbours were archived, moved and deleted over the years. */
export const rackSurvey = (): DemoPage =>
  eng({
    title: 'Rack survey 2025',
    by: 'kwame',
    at: 192,
    perWeek: 2,
    labels: ['hardware'],
    body: [
      prose(
        '## Method\n\nWe measured 340 racks at five sites with a laser on the survey robot. The depth of 900 mm is the one number that must not be wrong.',
      ),
      p(
        `The layers of the old maps are explained in ${pageLink('Battery care', { anchor: 'Storage-in-winter' })}.`,
      ),
      p(
        `The first round was announced in ${pageLink('Withdrawn press release', { space: 'ARC' })} and sketched on ${pageLink('Scratch page', { space: 'ARC' })}.`,
      ),
      p(
        'The plan of the second round is <ac:link><ri:content-entity ri:content-id="999000111" ri:version-at-save="2" /><ac:link-body>here</ac:link-body></ac:link>, its costs are in <a href="/wiki/spaces/ENG/pages/999000222/Survey+budget">the budget</a>.',
      ),
      prose('## Report\n\nThe signed report and the photograph of the tallest rack:'),
      macro(
        'view-file',
        {},
        `<ac:parameter ac:name="name"><ri:attachment ri:filename="rack-survey.pdf" ri:version-at-save="1" /></ac:parameter>${params({ height: '250' })}`,
      ),
      image('', { alt: 'The tallest rack', width: 300, height: 500 }).replace(
        '<ri:attachment ri:filename="" ri:version-at-save="1" />',
        '<ri:attachment ri:filename="tallest-rack.jpg"><ri:page ri:content-title="Conveyor interface" /></ri:attachment>',
      ),
      prose('See [[Conveyor interface]] for the docks beside them.'),
    ],
    comments: [
      {
        by: 'hana',
        at: 150,
        on: ['rack-height', 'a height of 2.1 m'],
        text: 'Columbus has 2.4 m since the new floor. Does the limit still hold?',
      },
      { by: 'lars', at: 120, text: '¿Quién mide los racks de Valencia?' },
      { by: 'mei', at: 96, text: '名古屋の棚も測定しますか' },
      { by: 'priya', at: 60, text: '@ben could you measure Oslo again?' },
    ],
  });

/** At the top of the space, beside its home: nobody's child, linked from nowhere. */
export const looseNotes = (): DemoPage =>
  eng({
    title: 'Lift doors, loose notes',
    by: 'noah',
    at: 288,
    perWeek: 0,
    body: prose(
      'Doors report open before they are. Wait 800 ms. Ask the lift people for the new controller some day.',
    ),
  });

const german = `
## Besprochen

- Die Ladestation am Tor 4 steht im Weg.
- Der Brandschutz hat die neuen Fluchtwege abgenommen.

## Entscheidungen

- Die Ladestation kommt an die Nordwand.

## Aufgaben

- Oliver: Angebot für den Umbau einholen, bis 27.11.2026
- @noah misst die neue Stellfläche aus

Aktion: Tomás informiert die Nachtschicht bis Freitag.

Maßnahme: @hana prüft die Fluchtwege, spätestens am 4. Dezember 2026.
`;

const spanish = `
## Temas

- Los robots esperan demasiado en la puerta del muelle 2.
- La impresora de etiquetas falla los lunes.

## Próximos pasos

- Tomás: pedir dos sensores de puerta antes del 5 de diciembre

Acción: @amira cambia la impresora antes del 30 de noviembre de 2026.

Decisión: el muelle 2 queda cerrado los domingos.

Fecha límite para el presupuesto de 2027: 15 de diciembre de 2026.
`;

const japanese = `
## 議題

- 充電器の交換は予定どおり進んでいます。
- 夜間シフトの教育資料が足りません。

## 決定事項

- 教育資料は日本語を正とする。

アクション：@mei 夜間シフト向けの資料を作成する（11月30日まで）

宿題：田中さん 交換後の電圧を測定する、期限は12月4日

TODO：@hana ファームウェア7.4の案内を翻訳する
`;

const lyon = [
  prose('## What we saw\n\nTwo robots share one lift; the handover takes 40 seconds.\n\n## Actions'),
  table([
    [th('Action'), th('Owner'), th('Due'), th('Status')],
    [td('Measure the handover at night'), td(inline('@kwame')), td(inline('{date:2026-11-27}')), td('open')],
    [td('Order a second lift interface'), td('Amira Haddad'), td('end of month'), td('open')],
    [td('Tell the site manager'), td(inline('@liam')), td('2026-11-10'), td('done')],
    [td('Translate the signs into French'), td('Chloé'), td('12 December'), td('')],
  ]),
  prose('Decided: no tours before the second lift works.'),
  taskList([{ text: inline('@fatima write to the insurer {date:2026-12-02}') }]),
  p(`Code of the lift interface: ${code('LIFT-2')}.`),
];

type Meeting = { title: string; by: string; at: number; body: string | string[] };
const MEETINGS: Meeting[] = [
  { title: '名古屋サイト定例 2026-11-17', by: 'mei', at: 3.2, body: prose(japanese) },
  { title: 'Reunión de planta Valencia 2026-11-12', by: 'tomas', at: 8.3, body: prose(spanish) },
  { title: 'Standorttreffen München 2026-11-10', by: 'oliver', at: 10.4, body: prose(german) },
  { title: 'Site visit Lyon 2026-11-06', by: 'liam', at: 14.2, body: lyon },
];

/** Notes of the sites in the languages of the people there. */
export const siteMeetings = (): DemoPage =>
  plat({
    title: 'Site meetings',
    by: 'elena',
    at: 60,
    perWeek: 3,
    labels: ['meeting-notes'],
    body: prose('Notes of the sites, in the language of the site. Newest first.'),
    children: MEETINGS.map((meeting) => plat({ ...meeting, labels: ['meeting-notes', 'sites'] })),
  });

/** Twice nearly the same: somebody started anew instead of looking. */
export const pressKit = (): DemoPage =>
  mkt({
    title: 'Press kit (2)',
    by: 'zoe',
    at: 31,
    perWeek: 1,
    body: prose(PRESS_KIT.replace('400 characters', '380 characters')),
  });

const PRESS_KIT = `
## What is in the kit

- A text of 400 characters about Halden Robotics, in six languages
- Pictures of all robots, for print and for screens
- Portraits of the founders
- The sheet with the figures of the last quarter

## Who may send it

Everybody in Marketing. Ask Chloé before a newspaper gets figures that are not published. Never send pictures of a customer's hall.
`;
export const pressKitFirst = (): DemoPage =>
  mkt({ title: 'Press kit', by: 'liam', at: 133, perWeek: 4, labels: ['brand'], body: prose(PRESS_KIT) });
