/** Discovery over the catalogue, and execution by name within limits. */
export type { Operation } from '#lib/tools';
export { type Discovery, discover, type Hit, nearestNames } from './discover.ts';
export { type Executed, type ExecuteOptions, execute } from './execute.ts';
export { catalogue, everyOperation, findOperation } from './find.ts';
export { inputJsonSchema, type JsonSchema, outputJsonSchema } from './json-schema.ts';
export { cut, type Output, type OutputFormat, readFormat, takeOutput, usualOutput } from './output.ts';
export { refusal } from './permitted.ts';
export { toolkitConnected } from './toolkits.ts';
