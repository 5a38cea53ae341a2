import type { Demo, DemoPage } from './demo/types.ts';
import { tinyThings } from './tiny-things.ts';

export const robotics = 'c1a7e0de-5f3b-4c55-9a44-0a1de2b0c001';
export const labs = 'c1a7e0de-5f3b-4c55-9a44-0a1de2b0c002';
export const accountIds = { ada: '712020:ada', ben: '712020:ben', john: '712020:john' } as const;

const page = (id: string, title: string, storage: string, more: Partial<DemoPage> = {}): DemoPage => ({
  id,
  title,
  versions: [{ storage, author: 'ada', at: 30 }],
  ...more,
});

/** A site small enough to know by heart; with `things`, also folders and their kin, properties, app content. */
export function tinyDemo(o: { things?: boolean } = {}): Demo {
  return {
    people: [
      {
        key: 'ada',
        accountId: accountIds.ada,
        name: 'Ada Moreno',
        email: 'ada@halden.example',
        timeZone: 'Europe/Berlin',
        apiToken: 'sandbox-token-ada',
        canSignIn: true,
      },
      {
        key: 'ben',
        accountId: accountIds.ben,
        name: 'Ben Okafor',
        email: 'ben@halden.example',
        timeZone: 'Europe/London',
        apiToken: 'sandbox-token-ben',
        canSignIn: true,
      },
      {
        key: 'john',
        accountId: accountIds.john,
        name: 'John Smith',
        email: 'john@halden.example',
        timeZone: 'UTC',
      },
    ],
    sites: [
      {
        cloudId: robotics,
        name: 'Halden Robotics',
        path: '/wiki',
        people: ['ada', 'ben', 'john'],
        groups: [
          { id: 'g-contractors', name: 'Contractors', members: ['john'] },
          { id: 'g-hr', name: 'hr-team', members: ['ada'] },
        ],
        spaces: [engineering(), people()],
        ...(o.things ? { things: tinyThings() } : {}),
      },
      {
        cloudId: labs,
        name: 'Halden Labs',
        path: '/labs/wiki',
        roleMode: 'PRE_ROLES',
        people: ['ada'],
        groups: [],
        spaces: [
          {
            id: '5001',
            key: 'LAB',
            name: 'Lab',
            type: 'global',
            author: 'ada',
            createdAt: 50,
            homepage: page('500100', 'Lab home', '<p>Lab</p>'),
          },
        ],
      },
    ],
  };
}

function engineering(): Demo['sites'][number]['spaces'][number] {
  return {
    id: '1001',
    key: 'ENG',
    name: 'Engineering',
    type: 'global',
    author: 'ada',
    createdAt: 400,
    homepage: page('100100', 'Engineering home', '<p>Welcome to engineering</p>', {
      children: [
        page('100200', 'API Guidelines', '', {
          versions: [
            { storage: '<p>First rules</p>', author: 'ada', at: 60, message: 'start' },
            {
              storage:
                '<h2>Rate limits</h2><p>Use <strong>tokens</strong> &amp; retries. <ac:inline-comment-marker ac:ref="ref-1">Ten a second</ac:inline-comment-marker>.</p><ac:structured-macro ac:name="info" ac:macro-id="m-1"><ac:rich-text-body><p>Mind the webhook</p></ac:rich-text-body></ac:structured-macro>',
              author: 'ben',
              at: 3,
            },
          ],
          labels: ['api', 'standards'],
          comments: [
            {
              id: '300100',
              author: 'ben',
              at: 2,
              body: '<p>Nice</p>',
              replies: [{ id: '300101', author: 'ada', at: 1, body: '<p>Thanks</p>' }],
            },
            {
              id: '300200',
              author: 'ben',
              at: 2,
              body: '<p>Why ten?</p>',
              inline: { ref: 'ref-1', text: 'Ten a second' },
            },
            {
              id: '300300',
              author: 'ben',
              at: 2,
              body: '<p>Done</p>',
              resolved: true,
              inline: { ref: 'gone', text: 'old' },
            },
          ],
          attachments: [
            {
              id: '400100',
              filename: 'limits.txt',
              mediaType: 'text/plain',
              author: 'ada',
              at: 5,
              content: 'ten',
            },
            {
              id: '400200',
              filename: 'evil.svg',
              mediaType: 'image/svg+xml',
              author: 'ada',
              at: 5,
              content: '<svg/>',
            },
          ],
          children: [page('100210', 'Datadog logging guidelines', '<p>Log in JSON to Datadog.</p>')],
        }),
        page('100300', 'Pay bands draft', '<p>Secret numbers</p>', {
          readRestriction: { people: ['ada'] },
          children: [page('100310', 'Below secret', '<p>Inherited secret</p>')],
        }),
        page('100400', 'Release process', '<p>Only Ada edits</p>', {
          updateRestriction: { people: ['ada'] },
        }),
        page('100500', 'Old runbook', '<p>Archived runbook</p>', { status: 'archived' }),
      ],
    }),
    blogPosts: [page('100900', 'Week 12', '<p>News about the webhook</p>')],
  };
}

function people(): Demo['sites'][number]['spaces'][number] {
  return {
    id: '1008',
    key: 'HR',
    name: 'People',
    type: 'global',
    author: 'ada',
    createdAt: 300,
    visibleTo: { groups: ['hr-team'] },
    homepage: page('200100', 'HR home', '<p>Salaries and webhook</p>'),
  };
}
