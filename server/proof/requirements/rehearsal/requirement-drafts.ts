import { User } from '../../../people/accounts/tables.js';
import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { newId } from '../../../platform/lib/ids.js';
import type { Rule } from '../requirement-rule.js';
import { ruleFrom } from '../rules/rule-schema.js';
import type { Rehearsal } from './rehearsal.js';
import { RequirementDraft } from './tables.js';

/** A composed version that is not confirmed, as pages and verbs read it. */
export type DraftFacts = Omit<Row<typeof RequirementDraft>, 'rule' | 'outcome' | 'seenOutcome'> & {
  readonly rule: Rule;
  readonly outcome: Rehearsal | null;
  readonly seenOutcome: Rehearsal | null;
};

/** What somebody composed. */
export type NewDraft = Pick<
  DraftFacts,
  'organisationId' | 'requirementId' | 'afterNumber' | 'title' | 'fromDay' | 'rule'
>;

/** Keep what was composed, to be rehearsed. Returns its id. */
export async function keepDraft(
  { rule, ...draft }: NewDraft,
  { actorId, now }: { actorId: string; now: number },
): Promise<string> {
  const id = newId();
  await inTransaction(() =>
    insert(RequirementDraft, { id, ...draft, rule: JSON.stringify(rule), actorId, createdAt: now }),
  );
  return id;
}

const DRAFT = sql`select
    ${columns(RequirementDraft, 'd', 'id', 'organisationId', 'requirementId', 'afterNumber', 'title', 'fromDay', 'rule', 'state')},
    ${columns(RequirementDraft, 'd', 'done', 'people', 'outcome', 'digest', 'seenOutcome', 'keptAs', 'actorId', 'createdAt')}
  from ${RequirementDraft} d`;

/** A draft of an organisation; null where it has none with this id. */
export async function findDraft(organisationId: string, id: string): Promise<DraftFacts | null> {
  const found = await row(sql`${DRAFT} where d.organisation_id = $1 and d.id = $2`, [organisationId, id]);
  return found && parsed(found);
}

const OPEN = sql`select ${columns(RequirementDraft, 'd', 'id', 'title', 'state', 'createdAt')},
    ${orNull(renamed(User, 'u', { author: 'name' }))}
  from ${RequirementDraft} d left join ${User} u on u.id = d.actor_id
  where d.organisation_id = $1 and d.kept_as is null order by d.created_at desc, d.id limit 50`;

/** The drafts of an organisation of which no version came yet, the newest first. */
export const openDrafts = (organisationId: string) => rows(OPEN, [organisationId]);

/** A draft that an event names; null where it is gone. */
export async function draftById(id: string): Promise<DraftFacts | null> {
  const found = await row(sql`${DRAFT} where d.id = $1`, [id]);
  return found && parsed(found);
}

const parsed = ({ rule, outcome, seenOutcome, ...draft }: Row<typeof RequirementDraft>): DraftFacts => ({
  ...draft,
  rule: ruleFrom(rule),
  outcome: rehearsalFrom(outcome),
  seenOutcome: rehearsalFrom(seenOutcome),
});

/** A draft that an earlier version rehearsed says nothing of how mails reach people. */
const rehearsalFrom = (stored: string | null): Rehearsal | null =>
  stored === null ? null : { reach: {}, ...(JSON.parse(stored) as Omit<Rehearsal, 'reach'>) };

const PROGRESS = sql`update ${RequirementDraft} set done = $1, people = $2 where id = $3`;

/** How many of the people are reckoned. */
export const noteProgress = (id: string, done: number, people: number): Promise<unknown> =>
  inTransaction(() => rows(PROGRESS, [done, people, id]));

const REHEARSED = sql`update ${RequirementDraft} set state = 'rehearsed', seen_outcome = $1, outcome = $2, digest = $3
  where id = $4 and state in ('rehearsing', 'rehearsed', 'confirming')`;

/** Store what a draft would do. `seen`: the rehearsal that somebody confirmed, where another one came out. */
export const keepOutcome = (id: string, outcome: Rehearsal, seen: Rehearsal | null): Promise<unknown> =>
  inTransaction(() =>
    rows(REHEARSED, [seen && JSON.stringify(seen), JSON.stringify(outcome), outcome.digest, id]),
  );

const MOVE = sql`update ${RequirementDraft} set state = $1, kept_as = $2 where id = $3`;

/** Joins the transaction. */
export const moveDraft = (id: string, state: DraftFacts['state'], keptAs: string | null): Promise<unknown> =>
  rows(MOVE, [state, keptAs, id]);

const REMOVE = sql`delete from ${RequirementDraft} where id = $1`;

const REPLACE = sql`delete from ${RequirementDraft} where organisation_id = $1 and id = $2 and state <> 'confirming' and kept_as is null`;

/** Another draft takes the place of one that was corrected, unless that is being kept. */
export const replaceDraft = (organisationId: string, id: string): Promise<unknown> =>
  inTransaction(() => rows(REPLACE, [organisationId, id]));

/** Throw a draft away. */
export const removeDraft = (id: string): Promise<unknown> => inTransaction(() => rows(REMOVE, [id]));

/** How long a draft is kept (ms): it names people. */
export const DRAFT_KEPT = 7 * 86_400_000;
const PRUNE = sql`delete from ${RequirementDraft} where created_at <= $1`;

/** Remove all drafts that are a week old. */
export const pruneRequirementDrafts = (now: number): Promise<unknown> =>
  inTransaction(() => rows(PRUNE, [now - DRAFT_KEPT]));
