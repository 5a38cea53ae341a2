/** Looking at many pages: which ones, how far it got. Used by every operation that finds, audits or exports. */
export { type Completeness, completenessShape, completenessText, stoppedBy } from './completeness.ts';
export { type ScanOptions, scanPages } from './scan-pages.ts';
export { type Scope, type ScopeInput, scopeInputs, scopeOf, withinScope } from './scope.ts';
export { eachOf, resultsOfEach } from './several.ts';
