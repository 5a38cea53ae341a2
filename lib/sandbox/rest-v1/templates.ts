import {
  deleteTemplate,
  ensureLabel,
  findSpace,
  findSpaceByKey,
  findTemplate,
  nextId,
  putTemplate,
  templatesOf,
} from '../db/index.ts';
import { JsonBody } from '../http/json-body.ts';
import { json, nothing, type Reply } from '../http/message.ts';
import { badRequest, Problem } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import { storable } from '../rest/writes.ts';
import type { Space, Template } from '../types.ts';
import { listed } from './paging.ts';
import { labelJson, spaceJson } from './shapes.ts';

/** A template as v1 shows it; its body only where `expand` asks for it. */
function templateJson(call: Call, template: Template, withBody: boolean): object {
  const space = template.spaceId === null ? undefined : findSpace(call.db, template.spaceId);
  const { pluginKey, moduleKey } = template;
  return {
    templateId: template.id,
    ...(pluginKey !== null && moduleKey !== null
      ? { originalTemplate: { pluginKey, moduleKey }, referencingBlueprint: moduleKey }
      : {}),
    name: template.name,
    description: template.description,
    ...(space ? { space: spaceJson(call, space) } : {}),
    labels: template.labels.map((name) => labelJson(ensureLabel(call.db, call.site.cloudId, 'global', name))),
    templateType: 'page',
    editorVersion: 'v2',
    ...(withBody
      ? {
          body: {
            storage: {
              value: template.storage,
              representation: 'storage',
              embeddedContent: [],
              _expandable: { content: '' },
            },
          },
        }
      : {}),
    _expandable: withBody ? {} : { body: '' },
    _links: { self: `${call.base}/rest/api/template/${template.id}` },
  };
}

const wantsBody = (call: Call): boolean =>
  (call.query.list('expand') ?? []).some((one) => one === 'body' || one === 'body.storage');

const refused = (): Problem => new Problem(403, 'The template does not exist or you may not see it.');

function list(kind: Template['kind']): (call: Call) => Reply {
  return (call) => {
    const key = call.query.text('spaceKey');
    const space = key === undefined ? undefined : findSpaceByKey(call.db, call.site.cloudId, key);
    if (key !== undefined && (!space || !call.access.canViewSpace(space))) throw refused();
    const own = templatesOf(call.db, call.site.cloudId, space?.id ?? null, kind);
    // Every space inherits the blueprints of the site.
    const inherited =
      space && kind === 'blueprint' ? templatesOf(call.db, call.site.cloudId, null, kind) : [];
    const withBody = wantsBody(call);
    return listed(call, [...own, ...inherited], (one) => templateJson(call, one, withBody), {
      limit: 25,
      most: 500,
    });
  };
}

function visible(call: Call, id: string): Template | undefined {
  const template = findTemplate(call.db, call.site.cloudId, id);
  if (!template) return undefined;
  const space = template.spaceId === null ? undefined : findSpace(call.db, template.spaceId);
  return template.spaceId === null || (space && call.access.canViewSpace(space)) ? template : undefined;
}

function mayAdminister(call: Call, space: Space | undefined): boolean {
  return space ? call.access.canAdminister(space) : call.person.isAdmin;
}

function getOne(call: Call): Reply {
  const template = visible(call, param(call, 'contentTemplateId'));
  // This endpoint says 403 for what is not there, too.
  if (!template) throw refused();
  return { ...json(templateJson(call, template, wantsBody(call))), points: 1 };
}

function read(call: Call, body: JsonBody): Pick<Template, 'name' | 'storage'> {
  const name = (body.text('name') ?? '').trim();
  if (name === '') throw badRequest('Template name must not be null or empty.');
  if (body.text('templateType') !== 'page') throw badRequest("'templateType' must be page.");
  const storage = body.object('body')?.object('storage')?.text('value');
  if (storage === undefined) throw badRequest("'body.storage.value' is required.");
  return { name, storage: storable(call.app, storage) };
}

function labelsIn(body: JsonBody): string[] | undefined {
  const { labels } = body.value;
  if (labels === undefined || labels === null) return undefined;
  if (!Array.isArray(labels)) throw badRequest("'labels' must be a list.");
  return labels.map((one: unknown) => new JsonBody(one).requiredText('name').toLowerCase());
}

function create(call: Call): Reply {
  const body = call.body();
  const key = body.object('space')?.requiredText('key');
  const space = key === undefined ? undefined : findSpaceByKey(call.db, call.site.cloudId, key);
  if (key !== undefined && (!space || !call.access.canViewSpace(space))) throw refused();
  if (!mayAdminister(call, space)) throw new Problem(403, 'User not permitted to create this template.');
  const description = body.text('description') ?? '';
  if (description.length > 255) throw badRequest('The description is longer than 255 characters.');
  const template: Template = {
    id: nextId(call.db, 'thing'),
    cloudId: call.site.cloudId,
    spaceId: space?.id ?? null,
    kind: 'page',
    ...read(call, body),
    description,
    labels: labelsIn(body) ?? [],
    pluginKey: null,
    moduleKey: null,
  };
  putTemplate(call.db, template);
  return json(templateJson(call, template, true));
}

function changeable(call: Call, id: string, status: 403 | 404): Template {
  const template = visible(call, id);
  const space = template?.spaceId ? findSpace(call.db, template.spaceId) : undefined;
  if (!template || !mayAdminister(call, space))
    throw new Problem(status, 'The template does not exist or you may not change it.');
  if (template.kind === 'blueprint')
    throw new Problem(status, 'Blueprint templates cannot be changed through the API.');
  return template;
}

function update(call: Call): Reply {
  const body = call.body();
  const before = changeable(call, body.requiredText('templateId'), 404);
  const key = body.object('space')?.requiredText('key');
  const space = before.spaceId === null ? undefined : findSpace(call.db, before.spaceId);
  if (key?.toLowerCase() !== space?.key.toLowerCase())
    throw badRequest('The space of a template cannot be changed.');
  const description = body.text('description') ?? '';
  if (description.length > 100) throw badRequest('The description is longer than 100 characters.');
  const after: Template = {
    ...before,
    ...read(call, body),
    description,
    labels: labelsIn(body) ?? before.labels,
  };
  putTemplate(call.db, after);
  return json(templateJson(call, after, true));
}

function remove(call: Call): Reply {
  deleteTemplate(call.db, changeable(call, param(call, 'contentTemplateId'), 403).id);
  return nothing();
}

const root = '/wiki/rest/api/template';
const reading = {
  scopes: ['read:template:confluence', 'read:content-details:confluence'],
  classic: ['read:confluence-content.summary'],
};
const writing = {
  scopes: ['read:template:confluence', 'read:content-details:confluence', 'write:template:confluence'],
  classic: ['write:confluence-content'],
};

export const templateRoutes: Route[] = [
  { method: 'GET', path: `${root}/page`, ...reading, handle: list('page') },
  { method: 'GET', path: `${root}/blueprint`, ...reading, handle: list('blueprint') },
  { method: 'GET', path: `${root}/{contentTemplateId}`, ...reading, handle: getOne },
  { method: 'POST', path: root, ...writing, handle: create },
  { method: 'PUT', path: root, ...writing, handle: update },
  {
    method: 'DELETE',
    path: `${root}/{contentTemplateId}`,
    scopes: ['write:template:confluence'],
    classic: ['write:confluence-content'],
    handle: remove,
  },
];
