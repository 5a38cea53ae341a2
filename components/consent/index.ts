export { ClientFacts } from './client-facts.tsx';
export { ConsentForm } from './consent-form.tsx';
export type { ConsentAsk } from './types.ts';
