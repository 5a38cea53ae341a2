import type { Db } from './open.ts';

/** A status lozenge: ids below 1000 are the spaces' own states, the others those that people made. */
export type ContentState = { id: number; name: string; color: string };
export type StateStage = 'current' | 'draft';

/** The state of published content or of its draft, and when it was set. */
export function stateOf(
  db: Db,
  contentId: string,
  stage: StateStage,
): (ContentState & { updatedAt: string }) | undefined {
  return db
    .prepare(
      'SELECT stateId AS id, name, color, updatedAt FROM contentStates WHERE contentId = ? AND stage = ?',
    )
    .get(contentId, stage) as (ContentState & { updatedAt: string }) | undefined;
}

/** Sets the state, in place of another. */
export function putState(
  db: Db,
  contentId: string,
  stage: StateStage,
  state: ContentState,
  updatedAt: string,
): void {
  db.prepare(
    `INSERT INTO contentStates (contentId, stage, stateId, name, color, updatedAt) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (contentId, stage) DO UPDATE SET stateId = excluded.stateId, name = excluded.name,
       color = excluded.color, updatedAt = excluded.updatedAt`,
  ).run(contentId, stage, state.id, state.name, state.color, updatedAt);
}

/** Takes the state away; without a stage, of both. */
export function deleteState(db: Db, contentId: string, stage?: StateStage): void {
  db.prepare('DELETE FROM contentStates WHERE contentId = ? AND stage = coalesce(?, stage)').run(
    contentId,
    stage ?? null,
  );
}

/** Ids of the published content that has a state. */
export function contentIdsInState(db: Db, stateId: number): string[] {
  return db
    .prepare("SELECT contentId FROM contentStates WHERE stateId = ? AND stage = 'current'")
    .pluck()
    .all(stateId) as string[];
}

/** States a person made, the one used last first. */
export function customStatesOf(db: Db, accountId: string): ContentState[] {
  return db
    .prepare('SELECT id, name, color FROM customStates WHERE accountId = ? ORDER BY usedAt DESC, id DESC')
    .all(accountId) as ContentState[];
}

/** Finds or makes a person's own state, and notes that it was used. */
export function ensureCustomState(
  db: Db,
  accountId: string,
  state: Omit<ContentState, 'id'>,
  at: string,
): ContentState {
  const known = customStatesOf(db, accountId).find(
    (one) =>
      one.name.toLowerCase() === state.name.toLowerCase() &&
      one.color.toLowerCase() === state.color.toLowerCase(),
  );
  if (known !== undefined) {
    db.prepare('UPDATE customStates SET usedAt = ? WHERE id = ?').run(at, known.id);
    return known;
  }
  const next = db.prepare('SELECT coalesce(max(id), 999) + 1 FROM customStates').pluck().get() as number;
  db.prepare('INSERT INTO customStates (id, accountId, name, color, usedAt) VALUES (?, ?, ?, ?, ?)').run(
    next,
    accountId,
    state.name,
    state.color,
    at,
  );
  return { id: next, ...state };
}

/** Whether people may put states of their own on content of a space: yes unless it says no. */
export function customStatesAllowed(db: Db, spaceId: string): boolean {
  const row = db.prepare('SELECT customAllowed FROM stateRules WHERE spaceId = ?').pluck().get(spaceId);
  return row !== 0;
}

/** Forbids or allows states of people's own in a space. */
export function setCustomStatesAllowed(db: Db, spaceId: string, allowed: boolean): void {
  db.prepare(
    `INSERT INTO stateRules (spaceId, customAllowed) VALUES (?, ?)
     ON CONFLICT (spaceId) DO UPDATE SET customAllowed = excluded.customAllowed`,
  ).run(spaceId, allowed ? 1 : 0);
}
