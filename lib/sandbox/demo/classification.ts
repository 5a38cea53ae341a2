/** A level of data classification, as the organisation has set it up. */
export type Level = {
  id: string;
  status: 'PUBLISHED' | 'DRAFT' | 'ARCHIVED';
  order: number;
  name: string;
  description: string;
  guideline: string;
  color: string;
};

/** The levels of the organisation, least sensitive first; the last one is still being drafted. */
export const LEVELS: readonly Level[] = [
  {
    id: '5f1a9c54-7c1e-4a53-9d0b-0c1a55000001',
    status: 'PUBLISHED',
    order: 0,
    name: 'Public',
    description: 'Anybody may see it, inside and outside the company.',
    guideline: 'Check with Marketing before it is published outside.',
    color: 'GREEN',
  },
  {
    id: '5f1a9c54-7c1e-4a53-9d0b-0c1a55000002',
    status: 'PUBLISHED',
    order: 1,
    name: 'Internal',
    description: 'For everyone who works here.',
    guideline: 'Do not send it outside without asking its owner.',
    color: 'BLUE',
  },
  {
    id: '5f1a9c54-7c1e-4a53-9d0b-0c1a55000003',
    status: 'PUBLISHED',
    order: 2,
    name: 'Confidential',
    description: 'For named people only: pay, contracts, security findings.',
    guideline: 'Restrict the page. Exports and public links are blocked by policy.',
    color: 'RED',
  },
  {
    id: '5f1a9c54-7c1e-4a53-9d0b-0c1a55000004',
    status: 'DRAFT',
    order: 3,
    name: 'Secret',
    description: 'Not in use yet.',
    guideline: '',
    color: 'PURPLE',
  },
];

/** Level name by page: `SPACE/Title`. */
export const CLASSIFIED: Record<string, string> = {
  'ENG/API Guidelines': 'Internal',
  'ENG/Security findings 2026': 'Confidential',
  'HR/Leave Policy': 'Internal',
  'HR/Salary bands 2026': 'Confidential',
  'CLI/Rotterdam moves 61,000 lines in a day': 'Public',
};

/** Default level by space key. */
export const SPACE_DEFAULTS: Record<string, string> = { HR: 'Internal' };
