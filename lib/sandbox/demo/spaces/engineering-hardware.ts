/** Hardware and firmware pages, among them those whose links and pictures have rotted. */
import { csv, flowSvg, png } from '../files.ts';
import { pageMaker } from '../make.ts';
import { prose } from '../prose.ts';
import { codeBlock, fileLink, image, p, pageLink, table, td, th } from '../storage.ts';
import type { DemoPage } from '../types.ts';

const page = pageMaker('ENG');

const SUBSYSTEMS: [code: string, name: string, parts: string[]][] = [
  [
    'DRV',
    'Drive',
    [
      'left motor',
      'right motor',
      'left encoder',
      'right encoder',
      'brake',
      'caster',
      'gearbox',
      'motor driver',
      'current sensor',
      'wheel hub',
      'torque limiter',
      'drive belt',
    ],
  ],
  [
    'BAT',
    'Battery',
    [
      'cell group A',
      'cell group B',
      'cell group C',
      'balancer',
      'main fuse',
      'contactor',
      'temperature probe',
      'charge port',
      'shunt',
      'case seal',
      'service plug',
      'memory chip',
    ],
  ],
  [
    'NAV',
    'Navigation',
    [
      'front lidar',
      'rear lidar',
      'gyroscope',
      'floor camera',
      'map cache',
      'odometry',
      'marker reader',
      'clock',
      'position filter',
      'path follower',
      'zone checker',
      'docking camera',
    ],
  ],
  [
    'SAF',
    'Safety',
    [
      'front bumper',
      'rear bumper',
      'red button',
      'light curtain',
      'speed monitor',
      'watchdog',
      'safety relay',
      'horn',
      'warning lamp',
      'tilt sensor',
      'load cell',
      'key switch',
    ],
  ],
  [
    'COM',
    'Communication',
    [
      'Wi-Fi module',
      'antenna 1',
      'antenna 2',
      'MQTT session',
      'certificate store',
      'time sync',
      'message queue',
      'bootloader link',
      'debug port',
      'radio firmware',
      'roaming agent',
      'SIM slot',
    ],
  ],
  [
    'LFT',
    'Lift',
    [
      'lift motor',
      'upper switch',
      'lower switch',
      'spindle',
      'load table',
      'locking pin',
      'height sensor',
      'lift driver',
      'grease pump',
      'guide rail',
      'damper',
      'cable chain',
    ],
  ],
  [
    'CHG',
    'Charging',
    [
      'dock contacts',
      'dock heater',
      'alignment pin',
      'inverter',
      'fan',
      'earth monitor',
      'dock controller',
      'charge relay',
      'status lamp',
      'supply filter',
      'cable',
      'dock network',
    ],
  ],
  [
    'CPU',
    'Computer',
    [
      'main board',
      'flash memory',
      'RAM',
      'real-time core',
      'power supply',
      'cooling',
      'log buffer',
      'update slot A',
      'update slot B',
      'secure element',
      'USB hub',
      'expansion board',
    ],
  ],
];

const FAULTS: [name: string, severity: number, cause: string, action: string][] = [
  ['no signal', 3, 'cable loose or broken', 'Check the plug, then the cable; replace whichever moves.'],
  [
    'value out of range',
    2,
    'wear, dirt or a wrong calibration',
    'Clean, calibrate with the service tool, and watch it for one shift.',
  ],
  [
    'over temperature',
    2,
    'blocked air, high load or a hot site',
    'Let it cool for 15 minutes in the shade of the dock; look for dust.',
  ],
  [
    'self test failed',
    3,
    'defect found at start',
    'Start again once. If it stays, change the part and send it in with the log.',
  ],
  [
    'intermittent fault',
    1,
    'three or more short faults within an hour',
    'Note the place on the map; vibration plates and door sills are the usual places.',
  ],
];

const SERIES = ['AMR-100', 'AMR-200', 'AMR-200 XL'];

/** The largest page of the site: 288 rows, more than 200 KB. */
function faultCodes(): string {
  const parts = [
    prose(
      '{toc}\n\nEvery fault a robot can report. The code is what the display shows; severity 3 stops the robot, 2 sends it to the dock, 1 is only counted.',
    ),
  ];
  SUBSYSTEMS.forEach(([code, name, items], block) => {
    const rows = items.flatMap((item, index) =>
      FAULTS.filter((_, place) => (index + place) % 5 < 3).map(([fault, severity, cause, action], place) => [
        td(`<code>${code}-${String(index * 10 + place + 100)}</code>`),
        td(`${item[0]?.toUpperCase()}${item.slice(1)}: ${fault}`),
        td(String(severity), { colour: ['', '#fffae6', '#ffebe6', '#ffbdad'][severity] }),
        td(
          `${cause} (${SERIES[(block + index + place) % SERIES.length]} and later, firmware ${6 + ((block + index) % 3)}.${place})`,
        ),
        td(action),
      ]),
    );
    const head = ['Code', 'Fault', 'Severity', 'Usual cause', 'What to do'].map((text) =>
      th(`<p><strong>${text}</strong></p>`),
    );
    parts.push(
      prose(`## ${name}`),
      table([head, ...rows], { layout: 'full-width', width: 1800, widths: [110, 330, 90, 560, 710] }),
    );
  });
  return parts.join('');
}

export const hardware = (): DemoPage =>
  page({
    title: 'Hardware and firmware',
    by: 'mei',
    at: 70,
    labels: ['hardware'],
    body: prose(
      'Robots, docks, grippers and what runs on them. Questions to @mei; she is in Nagoya, mornings are best.',
    ),
    children: [
      page({
        title: 'Robot fault code reference',
        by: 'mei',
        at: 34,
        perWeek: 31,
        labels: ['reference', 'firmware'],
        message: 'Generated from firmware 7.4',
        body: faultCodes(),
      }),
      page({
        title: 'Gripper calibration',
        by: 'noah',
        at: 209,
        labels: ['hardware', 'howto'],
        body: [
          prose(
            '1. Park the robot on the plate.\n2. Start `gripcal --arm 1`.\n3. Turn the screw until both angles agree within 0.4°.',
          ),
          image('gripper-angles.png', { caption: 'The two angles', width: 500, height: 300 }),
          p(`The sheet to fill in: ${fileLink('calibration-sheet.xlsx')}.`),
        ],
      }),
      page({
        title: 'Conveyor interface',
        by: 'kwame',
        at: 243,
        labels: ['hardware'],
        body: [
          p(`Signals follow ${pageLink('Conveyor Controller Manual')}; the handshake is 24 V, active high.`),
          image('conveyor-handshake.svg', { caption: 'Handshake', width: 540, height: 140 }),
          table([
            [th('Pin'), th('Signal')],
            [td('1'), td('ready')],
            [td('2'), td('take over')],
            [td('3'), td('done')],
          ]),
        ],
        files: [
          { name: 'conveyor-handshake.svg', content: flowSvg('Handshake', ['Ready', 'Take over', 'Done']) },
        ],
      }),
      page({
        title: 'Wi-Fi survey method',
        by: 'lars',
        at: 187,
        labels: ['hardware', 'network'],
        body: [
          prose(
            'Walk every aisle at 1 m/s with the survey robot. We want -65 dBm everywhere and two access points in sight.',
          ),
          p(
            `Antenna types are in ${pageLink('Antenna catalogue', { space: 'HW' })}. Results of Oslo: ${fileLink('oslo-survey.csv')}.`,
          ),
          image('', {
            url: 'https://docs.halden-old.example/img/wifi-heatmap.png',
            alt: 'Heat map of Oslo 2',
            width: 640,
            height: 360,
          }),
        ],
        files: [
          {
            name: 'oslo-survey.csv',
            content: csv([
              ['aisle', 'dbm'],
              ['A1', -58],
              ['A2', -61],
              ['B7', -70],
            ]),
          },
        ],
      }),
      page({
        title: 'Firmware release checklist',
        by: 'mei',
        at: 29,
        labels: ['firmware', 'checklist'],
        body: [
          prose(
            '- [ ] all boards built from a clean tree\n- [ ] 72 hours on the test track\n- [ ] update and downgrade on one robot of each series\n- [ ] notes in English and Japanese',
          ),
          p(
            `How versions are numbered: ${pageLink('Branches and releases', { anchor: 'Version-numbers' })}. Sign-off by ${pageLink('Firmware release board 2025')}.`,
          ),
        ],
      }),
      page({
        title: 'Battery care',
        by: 'hana',
        at: 154,
        labels: ['hardware', 'battery'],
        body: [
          prose(
            'Keep cells between 20% and 80%; store at 50%. A robot that stands for more than four weeks is put on the slow charger.\n\nThe curves below are from Nagoya, one year apart.',
          ),
          image('battery-curve.png', {
            width: 420,
            height: 180,
            caption: 'Capacity after 0, 400 and 800 cycles',
          }),
          p(`See ${pageLink('Charger series and speeds')}.`),
        ],
        files: [{ name: 'battery-curve.png', content: png(210, 90, 0x6554c0) }],
      }),
      page({
        title: 'Charger series and speeds',
        by: 'hana',
        at: 98,
        labels: ['hardware', 'battery'],
        body: prose(
          '| Series | Power | 20% to 80% |\n| 1 | 1.2 kW | 41 min |\n| 2 | 2.0 kW | 27 min |\n| 3 | 3.6 kW | 18 min |',
        ),
      }),
      page({
        title: 'ファームウェア更新手順',
        by: 'mei',
        at: 37,
        labels: ['firmware', 'japanese'],
        perWeek: 7,
        body: [
          prose(`
## 対象

名古屋倉庫のロボット（AMR-200、AMR-200 XL）に適用します。作業は必ず二人で行ってください。

## 手順

1. コンソールで対象のロボットを選び、「保留」を押します。
2. ロボットを充電ドックに戻し、電池残量が **60% 以上**であることを確認します。
3. 更新キャンペーンを開始します。

!warning 更新中に電源を切らないでください。起動できなくなる恐れがあります。

## 更新後の確認

- [ ] 表示されるバージョンが 7.4 であること @mei
- [ ] 非常停止ボタンの動作
- [ ] 通信状態（パケット損失 1% 未満）

英語版は [[Firmware release checklist]] を参照してください。
`),
          codeBlock('bash', 'fwctl campaign start --site nagoya --version 7.4 --batch 10'),
        ],
      }),
      page({
        title: 'Test track in Oslo',
        by: 'noah',
        at: 222,
        labels: ['hardware'],
        body: [
          prose(
            'The track is 84 m long with two ramps (3° and 5°), a door sill of 12 mm and a blind corner. Book it in the calendar; the key is at the reception.',
          ),
          image('track-plan.svg', { width: 500, height: 140 }),
        ],
        files: [
          { name: 'track-plan.svg', content: flowSvg('Track', ['Start', 'Ramp 3°', 'Sill', 'Ramp 5°']) },
        ],
      }),
    ],
  });
