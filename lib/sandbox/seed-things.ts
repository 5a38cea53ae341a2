import {
  type Db,
  declareCustomType,
  findContentAnywhere,
  insertContent,
  insertProperty,
  insertVersion,
  nextPosition,
  putCustomContent,
  putTemplate,
  setEmbedUrl,
} from './db/index.ts';
import type { DemoBlueprint, DemoNode, DemoPage, DemoSite, DemoTemplate } from './demo/types.ts';
import { seededBody } from './seed-body.ts';

export type ThingsSeeding = {
  db: Db;
  site: DemoSite;
  account: (key: string) => string;
  /** ISO time of an age. */
  timeOf: (daysAgo: number) => string;
  /** Puts a page (and what is below it) under a parent of a space. */
  page: (spaceId: string, page: DemoPage, parentId: string, position: number) => void;
};

/** Ids of properties count up from here: below those the running site hands out. */
const firstProperty = 1_500_000;

/** Templates, folders and their kin, properties and custom content of a site; its pages are there already. */
export function seedThings(seeding: ThingsSeeding): void {
  const { db, site, account, timeOf } = seeding;
  for (const space of site.spaces)
    for (const template of space.templates ?? []) seedTemplate(seeding, template, space.id);
  for (const template of site.templates ?? []) seedTemplate(seeding, template, null);
  const { things } = site;
  if (!things) return;
  for (const blueprint of things.blueprints) seedTemplate(seeding, blueprint, null);
  for (const { under, node } of things.nodes) {
    const parent = findContentAnywhere(db, under);
    if (!parent) throw new Error(`The demo puts "${node.title}" under a page ${under} that is not there.`);
    seedNode(seeding, node, parent.spaceId, under);
  }
  for (const type of things.customTypes) declareCustomType(db, site.cloudId, type);
  for (const item of things.customContent) seedCustomContent(seeding, item);
  for (const [index, property] of things.properties.entries())
    insertProperty(db, {
      id: String(firstProperty + index),
      targetType: property.on,
      targetId: property.id,
      key: property.key,
      value: JSON.stringify(property.value),
      version: 1,
      message: '',
      createdBy: account(property.author),
      createdAt: timeOf(property.at),
      versionBy: account(property.author),
      versionAt: timeOf(property.at),
    });
}

function seedTemplate(
  { db, site }: ThingsSeeding,
  template: DemoTemplate & Partial<DemoBlueprint>,
  spaceId: string | null,
): void {
  const { id, name, description, storage, labels, pluginKey, moduleKey } = template;
  putTemplate(db, {
    id,
    cloudId: site.cloudId,
    spaceId,
    kind: moduleKey === undefined ? 'page' : 'blueprint',
    name,
    description,
    storage: seededBody(id, storage),
    labels,
    pluginKey: pluginKey ?? null,
    moduleKey: moduleKey ?? null,
  });
}

function seedNode(seeding: ThingsSeeding, node: DemoNode, spaceId: string, parentId: string): void {
  const { db, site } = seeding;
  const author = seeding.account(node.author);
  const at = seeding.timeOf(node.at);
  insertContent(db, {
    id: node.id,
    cloudId: site.cloudId,
    type: node.type,
    spaceId,
    parentId,
    position: nextPosition(db, spaceId, parentId),
    status: 'current',
    title: node.title,
    storage: '',
    subtype: null,
    authorId: author,
    ownerId: author,
    createdAt: at,
    version: 1,
    versionBy: author,
    versionAt: at,
    versionMessage: '',
  });
  insertVersion(db, {
    contentId: node.id,
    number: 1,
    title: node.title,
    storage: '',
    authorId: author,
    createdAt: at,
    message: '',
  });
  if (node.url !== undefined) setEmbedUrl(db, node.id, node.url);
  for (const [index, page] of (node.pages ?? []).entries()) seeding.page(spaceId, page, node.id, index);
  for (const inner of node.nodes ?? []) seedNode(seeding, inner, spaceId, node.id);
}

function seedCustomContent(
  { db, site, account, timeOf }: ThingsSeeding,
  item: NonNullable<DemoSite['things']>['customContent'][number],
): void {
  const author = account(item.author);
  const at = timeOf(item.at);
  putCustomContent(db, {
    id: item.id,
    cloudId: site.cloudId,
    type: item.type,
    spaceId: item.spaceId,
    containerType: item.container.type,
    containerId: item.container.id,
    status: 'current',
    title: item.title,
    representation: 'storage',
    body: seededBody(item.id, item.storage),
    authorId: author,
    createdAt: at,
    version: 1,
    versionBy: author,
    versionAt: at,
    versionMessage: '',
  });
  insertVersion(db, {
    contentId: item.id,
    number: 1,
    title: item.title,
    storage: seededBody(item.id, item.storage),
    authorId: author,
    createdAt: at,
    message: '',
  });
}
