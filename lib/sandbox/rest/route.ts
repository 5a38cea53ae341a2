import type { App } from '../app.ts';
import type { Db } from '../db/index.ts';
import type { JsonBody } from '../http/json-body.ts';
import type { Reply, Request } from '../http/message.ts';
import type { Query } from '../http/query.ts';
import type { Access } from '../permissions.ts';
import type { Person, Site } from '../types.ts';

/** One authorised REST call. */
export type Call = {
  app: App;
  db: Db;
  request: Request;
  site: Site;
  person: Person;
  /** True when an app calls on the person's behalf (OAuth), false for the person's own API token. */
  byApp: boolean;
  access: Access;
  params: Record<string, string>;
  query: Query;
  /** Path as the site knows it, beginning with `/wiki`. */
  path: string;
  /** Where links in answers start: the site's `/wiki` address. */
  base: string;
  /** The body as a JSON object; 400 when it is none. */
  body(): JsonBody;
};

/** An endpoint: granular scopes (and the older classic ones, where v1 has them) a token must carry. */
export type Route = {
  method: string;
  path: string;
  scopes: readonly string[];
  classic?: readonly string[];
  handle: (call: Call) => Reply;
};

/** A parameter of the path; the router has made sure that it is there. */
export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`The route of ${call.path} has no parameter {${name}}.`);
  return value;
}

/** Finds the route of a request with the values of its path parameters. */
export class RouteTable {
  readonly routes: readonly Route[];
  readonly #compiled: { route: Route; pattern: RegExp; names: string[] }[];

  constructor(routes: readonly Route[]) {
    this.routes = routes;
    this.#compiled = routes.map((route) => ({
      route,
      pattern: new RegExp(`^${route.path.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '([^/]+)')}/?$`),
      names: [...route.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? ''),
    }));
  }

  find(method: string, path: string): { route: Route; params: Record<string, string> } | undefined {
    for (const { route, pattern, names } of this.#compiled) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match)
        return {
          route,
          params: Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ''])),
        };
    }
    return undefined;
  }
}
