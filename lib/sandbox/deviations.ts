/**
 * Where the practice Confluence knowingly differs from Atlassian's OpenAPI documents, or offers less than they
 * describe. `like-live`: what was seen on live sites wins over the document. `less`: the practice site does less.
 */
export type Deviation = { where: string; kind: 'like-live' | 'less'; what: string };

export { deviations } from './data/deviations.ts';
