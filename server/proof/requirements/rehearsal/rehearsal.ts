import { canonicalJson, type Json } from '../../../platform/lib/canonical-json.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import type { MailReach } from '../mail-reach.js';
import { CONSEQUENCES, type Consequence, type ConsequenceLine, type ForOnePerson } from './consequences.js';

/** How many people are named for each kind of consequence. */
const NAMED = 50;

/** A person to whom a version does something. */
export type NamedLine = Omit<ConsequenceLine, 'kind'> & { readonly membershipId: string };

/** What a version would do: how many people it does what to, the first of each kind, and what it costs. */
export interface Rehearsal {
  /** Of how many people it is required on the version's first day. */
  readonly required: number;
  readonly counts: Readonly<Record<Consequence, number>>;
  readonly named: Readonly<Record<Consequence, readonly NamedLine[]>>;
  readonly toTrain: number;
  /** Reminders to people who have an account. */
  readonly mails: number;
  /** Those whom mails would be about, by how one reaches them today. It is no part of the digest: people join all the time. */
  readonly reach: Readonly<Partial<Record<MailReach, number>>>;
  /** Of everything that was reckoned, person by person: two rehearsals that say the same have the same. */
  readonly digest: string;
}

const forEachKind = <T>(value: () => T): Record<Consequence, T> =>
  Object.fromEntries(CONSEQUENCES.map(kind => [kind, value()])) as Record<Consequence, T>;

/** A rehearsal of nobody. `inputs`: what was asked. */
export const emptyRehearsal = (inputs: unknown): Rehearsal => ({
  required: 0,
  counts: forEachKind(() => 0),
  named: forEachKind(() => []),
  toTrain: 0,
  mails: 0,
  reach: {},
  digest: sha256(canonicalJson(inputs as Json)),
});

/** What a version would do to somebody. */
export interface RehearsedPerson {
  readonly membershipId: string;
  readonly found: ForOnePerson;
}

/** A rehearsal with more people, in the order in which they came. */
export function rehearsalWith(
  before: Rehearsal,
  people: readonly RehearsedPerson[],
  reach: ReadonlyMap<string, MailReach>,
): Rehearsal {
  const lines = people.flatMap(({ membershipId, found }) =>
    found.lines.map(line => ({ membershipId, ...line })),
  );
  const ofKind = (kind: Consequence) => lines.filter(each => each.kind === kind);
  const each = <T>(value: (kind: Consequence) => T) =>
    Object.fromEntries(CONSEQUENCES.map(kind => [kind, value(kind)])) as Record<Consequence, T>;
  return {
    required: before.required + count(people, ({ found }) => (found.isRequired ? 1 : 0)),
    counts: each(kind => before.counts[kind] + ofKind(kind).length),
    named: each(kind => [...before.named[kind], ...ofKind(kind).map(bare)].slice(0, NAMED)),
    toTrain: before.toTrain + count(people, ({ found }) => (found.hasToTrain ? 1 : 0)),
    mails:
      before.mails +
      count(people, ({ membershipId, found }) => (reach.get(membershipId) === 'reminded' ? found.mails : 0)),
    reach: reachWith(before.reach, people, reach),
    digest: sha256(before.digest + canonicalJson(people as unknown as Json)),
  };
}

function reachWith(
  before: Rehearsal['reach'],
  people: readonly RehearsedPerson[],
  reach: ReadonlyMap<string, MailReach>,
): Rehearsal['reach'] {
  const counts = { ...before };
  for (const { membershipId, found } of people) {
    const by = reach.get(membershipId);
    if (by !== undefined && (found.hasToTrain || found.mails > 0)) counts[by] = (counts[by] ?? 0) + 1;
  }
  return counts;
}

const bare = ({ membershipId, before, after }: NamedLine): NamedLine => ({ membershipId, before, after });

const count = <T>(all: readonly T[], of: (each: T) => number): number =>
  all.reduce((sum, each) => sum + of(each), 0);
