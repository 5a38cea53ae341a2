import { allSites, type Db, listContents, spacesOfSite } from '../db/index.ts';
import { contentDocuments, type SearchDocument, spaceDocument } from './documents.ts';

export type { SearchDocument, SearchKind } from './documents.ts';

/** The search index: kept in memory, built from the database, following writes after a lag. */
export class SearchIndex {
  readonly #db: Db;
  readonly #lagMs: () => number;
  #byContent = new Map<string, SearchDocument[]>();
  #spaces: SearchDocument[] = [];
  #waiting: { contentId: string; due: number }[] = [];

  /** `lagMs` is asked at each write. */
  constructor(db: Db, lagMs: () => number) {
    this.#db = db;
    this.#lagMs = lagMs;
    this.rebuild();
  }

  /** Indexes the whole site anew, without lag. */
  rebuild(): void {
    this.#byContent.clear();
    this.#waiting = [];
    this.#spaces = [];
    for (const { cloudId } of allSites(this.#db)) {
      for (const space of spacesOfSite(this.#db, cloudId)) this.#spaces.push(spaceDocument(this.#db, space));
      for (const content of listContents(this.#db, { cloudId, statuses: ['current'] }))
        this.#index(content.id);
    }
  }

  /** Tells the index that a space came, went, or was renamed; what is in it is told with `changed`. */
  spacesChanged(): void {
    this.#spaces = allSites(this.#db).flatMap(({ cloudId }) =>
      spacesOfSite(this.#db, cloudId).map((space) => spaceDocument(this.#db, space)),
    );
  }

  /** Tells the index that content, or something on it, was written. */
  changed(contentId: string): void {
    this.#waiting.push({ contentId, due: Date.now() + this.#lagMs() });
  }

  /** Everything findable on a site as the index sees it now. */
  documents(cloudId: string): SearchDocument[] {
    const now = Date.now();
    const due = this.#waiting.filter((one) => one.due <= now);
    this.#waiting = this.#waiting.filter((one) => one.due > now);
    for (const contentId of new Set(due.map((one) => one.contentId))) this.#index(contentId);
    return [...this.#spaces, ...[...this.#byContent.values()].flat()].filter(
      (one) => one.cloudId === cloudId,
    );
  }

  #index(contentId: string): void {
    const documents = contentDocuments(this.#db, contentId);
    if (documents.length > 0) this.#byContent.set(contentId, documents);
    else this.#byContent.delete(contentId);
  }
}
