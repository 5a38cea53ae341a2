/** A review somebody asked for with Confab, which keeps it as a property of the page. Times in days from now. */
export type DemoReview = {
  askedBy: string;
  askedAgo: number;
  dueIn: number;
  reviewers: string[];
  message: string;
};

/** Reviews by page: `SPACE/Title`. One is overdue, one falls due soon. */
export const REVIEWS: Record<string, DemoReview> = {
  'PROD/Q3 Billing Engine PRD': {
    askedBy: 'ingrid',
    askedAgo: 20,
    dueIn: -6,
    reviewers: ['ben', 'priya'],
    message: 'Please check the section on refunds before the sprint starts.',
  },
  'PROD/Fast Charging PRD': {
    askedBy: 'oliver',
    askedAgo: 4,
    dueIn: 9,
    reviewers: ['ada'],
    message: 'Final look before it goes to the hardware team.',
  },
};
