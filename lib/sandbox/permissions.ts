import {
  accessOfSpace,
  ancestorsOf,
  type Db,
  findSpace,
  groupsOfPerson,
  isOfSite,
  restrictionsOf,
} from './db/index.ts';
import type { Content, Person, RestrictionOperation, Space, SpaceAccess } from './types.ts';

type Subject = { subjectType: 'user' | 'group'; subjectId: string };

/**
 * What one person may see and change on one site. Rules of Confluence: a space is open to the site unless
 * it names who may view it; view restrictions of a page hold for everything below it, edit restrictions only
 * for the page itself; a site admin gets no further than anyone else; a draft is its author's alone.
 */
export class Access {
  readonly #db: Db;
  readonly #person: Person;
  readonly #groups: Set<string>;
  readonly #member: boolean;
  readonly #spaces = new Map<string, { view: boolean; write: boolean }>();

  constructor(db: Db, cloudId: string, person: Person) {
    this.#db = db;
    this.#person = person;
    this.#member = isOfSite(db, cloudId, person.accountId);
    this.#groups = new Set(groupsOfPerson(db, cloudId, person.accountId).map((group) => group.id));
  }

  canViewSpace(space: Pick<Space, 'id'>): boolean {
    return this.#spaceRights(space.id).view;
  }

  canWriteSpace(space: Pick<Space, 'id'>): boolean {
    return this.#spaceRights(space.id).write;
  }

  canView(content: Content): boolean {
    if (!this.#spaceRights(content.spaceId).view) return false;
    if (content.status === 'draft' && content.authorId !== this.#person.accountId) return false;
    return [content, ...ancestorsOf(this.#db, content)].every((one) => this.#passes(one, 'read'));
  }

  canUpdate(content: Content): boolean {
    return (
      this.canView(content) && this.#spaceRights(content.spaceId).write && this.#passes(content, 'update')
    );
  }

  /** Space admins of the practice site: who made the space, and site admins who can see it. */
  canAdminister(space: Space): boolean {
    return this.canViewSpace(space) && (this.#person.isAdmin || space.authorId === this.#person.accountId);
  }

  #passes(content: Content, operation: RestrictionOperation): boolean {
    const rows = restrictionsOf(this.#db, content.id).filter((row) => row.operation === operation);
    return rows.length === 0 || rows.some((row) => this.#isMeant(row));
  }

  #spaceRights(spaceId: string): { view: boolean; write: boolean } {
    const known = this.#spaces.get(spaceId);
    if (known) return known;
    const rows = accessOfSpace(this.#db, spaceId);
    const allowed = (kind: SpaceAccess['kind']) => {
      const named = rows.filter((row) => row.kind === kind);
      return named.length === 0 || named.some((row) => this.#isMeant(row));
    };
    const view = this.#member && findSpace(this.#db, spaceId) !== undefined && allowed('view');
    const rights = { view, write: view && allowed('write') };
    this.#spaces.set(spaceId, rights);
    return rights;
  }

  #isMeant(subject: Subject): boolean {
    return subject.subjectType === 'user'
      ? subject.subjectId === this.#person.accountId
      : this.#groups.has(subject.subjectId);
  }
}
