import type { ToolkitRow } from '#db';
import type { ToolkitToolView } from '#lib/wire';

/** A toolkit without its secrets. */
export type Toolkit = Pick<ToolkitRow, 'id' | 'slug' | 'name' | 'url' | 'auth' | 'header_name'> & {
  /** With its port, for people. */
  host: string;
};

export type JsonSchema = { [key: string]: unknown };

/** A definition as a server gave it. Everything in it is a stranger's. */
export type Definition = {
  name: string;
  title?: string | undefined;
  description?: string | undefined;
  inputSchema: JsonSchema;
  annotations?: Record<string, unknown> | undefined;
};

/** A tool that people may use, as it is shown to a model: bounded, without hidden characters. */
export type ToolkitTool = {
  operation: string;
  toolkit: Toolkit;
  /** As its server names it. */
  name: string;
  title: string;
  description: string;
  tier: ToolkitToolView['tier'];
  inputSchema: JsonSchema;
  /** Of the definition an admin looked at. */
  fingerprint: string;
  /** Why it cannot be used at the moment. */
  blocked: string | null;
};

export type Person = { id: string; name: string };
