import type { Route } from '../rest/route.ts';
import { contentRoutes } from './content.ts';
import { labelRoutes } from './labels.ts';
import { searchRoutes } from './search.ts';
import { userRoutes } from './users.ts';

/** Every REST v1 endpoint the practice Confluence offers. */
export const v1Routes: Route[] = [...searchRoutes, ...userRoutes, ...labelRoutes, ...contentRoutes];
