import { ancestorsOf, type Db, findSpace, groupsOfPerson, isOfSite, restrictionsOf } from './db/index.ts';
import { accessClasses, heldIn } from './space-roles.ts';
import type { Content, Group, Person, RestrictionOperation, Space, SpaceSubject } from './types.ts';

/**
 * What one person, or the members of one group, may see and change on one site. Rules of Confluence: a space lets
 * in those who hold a permission or role there; view restrictions of a page hold for everything below it, edit
 * restrictions only for the page itself; a site admin gets no further than anyone else; a draft is its author's alone.
 */
export class Access {
  readonly #db: Db;
  readonly #cloudId: string;
  readonly #adminKey: boolean;
  readonly #accountId: string | null;
  readonly #groups: Set<string>;
  readonly #member: boolean;
  readonly #guest: boolean;
  readonly #spaces = new Map<string, ReadonlySet<string>>();

  /** @param adminKey whether an admin's key is in use, which opens every space and every restricted page. */
  constructor(db: Db, cloudId: string, who: Person | Group, adminKey = false) {
    const person = 'accountId' in who ? who : null;
    this.#db = db;
    this.#cloudId = cloudId;
    this.#adminKey = adminKey;
    this.#accountId = person?.accountId ?? null;
    this.#member = person === null || isOfSite(db, cloudId, person.accountId);
    this.#guest = person?.isGuest ?? false;
    this.#groups = new Set(
      'accountId' in who ? groupsOfPerson(db, cloudId, who.accountId).map((group) => group.id) : [who.id],
    );
  }

  canViewSpace(space: Pick<Space, 'id'>): boolean {
    return this.may(space, 'read/space');
  }

  canWriteSpace(space: Pick<Space, 'id'>): boolean {
    return this.may(space, 'create/page');
  }

  canAdminister(space: Pick<Space, 'id'>): boolean {
    return this.may(space, 'administer/space');
  }

  /** Whether a permission such as `delete/page` is held in a space; nothing is without the right to view it. */
  may(space: Pick<Space, 'id'>, permission: string): boolean {
    const rights = this.#rightsIn(space.id);
    if (this.#adminKey && permission === 'read/space') return this.#isHere(space.id);
    return rights.has('read/space') && rights.has(permission);
  }

  canView(content: Content): boolean {
    if (!this.canViewSpace({ id: content.spaceId })) return false;
    if (content.status === 'draft' && content.authorId !== this.#accountId) return false;
    return [content, ...ancestorsOf(this.#db, content)].every((one) => this.#passes(one, 'read'));
  }

  canUpdate(content: Content): boolean {
    return (
      this.canView(content) && this.canWriteSpace({ id: content.spaceId }) && this.#passes(content, 'update')
    );
  }

  /** Deleting asks for the right to edit the content and, in its space, the right to delete its kind. */
  canDelete(content: Content): boolean {
    const permission = content.type === 'blogpost' ? 'delete/blogpost' : 'delete/page';
    return this.canUpdate(content) && this.may({ id: content.spaceId }, permission);
  }

  #passes(content: Content, operation: RestrictionOperation): boolean {
    if (this.#adminKey) return true;
    const rows = restrictionsOf(this.#db, content.id).filter((row) => row.operation === operation);
    return rows.length === 0 || rows.some((row) => this.#isMeant(row));
  }

  #rightsIn(spaceId: string): ReadonlySet<string> {
    const known = this.#spaces.get(spaceId);
    if (known) return known;
    const held =
      this.#member && this.#isHere(spaceId)
        ? heldIn(this.#db, spaceId).filter((one) => this.#isMeant(one))
        : [];
    const rights = new Set(held.map((one) => `${one.operation}/${one.target}`));
    this.#spaces.set(spaceId, rights);
    return rights;
  }

  /** Rights end at the border of the site: a space of another one is never visible from here. */
  #isHere(spaceId: string): boolean {
    return findSpace(this.#db, spaceId)?.cloudId === this.#cloudId;
  }

  #isMeant({ subjectType, subjectId }: SpaceSubject): boolean {
    const meant: Record<SpaceSubject['subjectType'], () => boolean> = {
      user: () => subjectId === this.#accountId,
      group: () => this.#groups.has(subjectId),
      class: () => subjectId === accessClasses.anonymous || !this.#guest,
    };
    return meant[subjectType]();
  }
}
