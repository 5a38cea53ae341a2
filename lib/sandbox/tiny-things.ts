import type { DemoThings } from './demo/types.ts';

/** One of each thing besides pages, for the tests' own site. */
export function tinyThings(): DemoThings {
  const made = { author: 'ada', at: 10 };
  return {
    nodes: [
      {
        under: '100100',
        node: {
          ...made,
          id: '110100',
          type: 'folder',
          title: 'Retros',
          pages: [
            {
              id: '110110',
              title: 'Retro one',
              versions: [
                {
                  storage:
                    '<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body><ac:link><ri:user ri:account-id="712020:ben" /></ac:link> ring <time datetime="2026-12-24" /></ac:task-body></ac:task></ac:task-list>',
                  author: 'ada',
                  at: 30,
                },
              ],
            },
          ],
          nodes: [{ ...made, id: '110200', type: 'whiteboard', title: 'Board' }],
        },
      },
      { under: '100100', node: { ...made, id: '110300', type: 'database', title: 'Robots' } },
      {
        under: '100100',
        node: { ...made, id: '110400', type: 'embed', title: 'Dashboard', url: 'https://x.example/d' },
      },
    ],
    properties: (
      [
        ['content', '100200'],
        ['content', '100900'],
        ['content', '110100'],
        ['content', '110200'],
        ['content', '110300'],
        ['content', '110400'],
        ['attachment', 'att400200'],
        ['comment', '300200'],
        ['customContent', '120100'],
        ['space', '1001'],
      ] as const
    ).map(([on, id]) => ({ on, id, key: 'review', value: { due: 1 }, ...made })),
    customTypes: ['ac:app:risk'],
    customContent: [
      {
        ...made,
        id: '120100',
        type: 'ac:app:risk',
        title: 'Risk',
        storage: '<p>r</p>',
        spaceId: '1001',
        container: { type: 'page', id: '100200' },
      },
    ],
    blueprints: [
      {
        id: 'b1',
        name: 'Decision',
        description: '',
        storage: '<p />',
        labels: [],
        pluginKey: 'p',
        moduleKey: 'p:m',
      },
    ],
  };
}
