import { auditRecords } from './audit.ts';
import { LABS_GROUPS, LABS_PEOPLE, ROBOTICS_GROUPS } from './groups.ts';
import { PEOPLE } from './people.ts';
import { archive, engineeringArchive } from './spaces/archive.ts';
import { clientDocs } from './spaces/client-docs.ts';
import { engineering } from './spaces/engineering.ts';
import { hr } from './spaces/hr.ts';
import { it } from './spaces/it.ts';
import { labsSpaces } from './spaces/labs.ts';
import { marketing } from './spaces/marketing.ts';
import { onboarding } from './spaces/onboarding.ts';
import { personalSpaces } from './spaces/personal.ts';
import { platform } from './spaces/platform.ts';
import { productOps } from './spaces/product-ops.ts';
import { engineeringTemplates, siteTemplates } from './templates.ts';
import { roboticsThings } from './things.ts';
import type { Demo } from './types.ts';

/**
 * The demo site: two Confluence sites with people, groups, spaces and pages. Every call gives the
 * same content and ids; all times are days before the moment of seeding.
 */
export function buildDemo(): Demo {
  return {
    people: PEOPLE,
    sites: [
      {
        cloudId: 'c1a7e0de-5f3b-4c55-9a44-0a1de2b0c001',
        name: 'Halden Robotics',
        path: '/wiki',
        people: PEOPLE.map((person) => person.key),
        groups: ROBOTICS_GROUPS,
        spaces: [
          { ...engineering(), templates: engineeringTemplates() },
          onboarding(),
          productOps(),
          marketing(),
          platform(),
          it(),
          hr(),
          clientDocs(),
          archive(),
          engineeringArchive(),
          ...personalSpaces(),
        ],
        templates: siteTemplates(),
        things: roboticsThings(),
        audit: auditRecords(),
      },
      {
        cloudId: 'c1a7e0de-5f3b-4c55-9a44-0a1de2b0c002',
        name: 'Halden Labs',
        path: '/labs/wiki',
        roleMode: 'PRE_ROLES',
        people: LABS_PEOPLE,
        groups: LABS_GROUPS,
        spaces: labsSpaces(),
      },
    ],
  };
}

export type * from './types.ts';
