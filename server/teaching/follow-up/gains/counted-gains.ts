import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { groupedBy } from '../../../platform/lib/lists/grouped.js';
import { Organisation } from '../../../people/organisations/tables.js';
import { changeSums } from '../../../platform/sums/count.js';
import type { CountedFacts, KeptFigure, Uncounted, UncountedIn } from '../../../platform/sums/kept-figure.js';
import { keptOf } from '../../../platform/sums/kept-sums.js';
import { negative, type Added } from '../../../platform/sums/sums.js';
import { KeptSum } from '../../../platform/sums/tables.js';
import { forgetFacts, uncountedOf } from '../../../platform/sums/uncounted.js';
import {
  asMeasured,
  formsOf,
  organisationsMeasured,
  measuredAfter,
  peopleMeasured,
  type FinishedForm,
} from './forms-to-count.js';
import { gainsOfPerson, unitRows } from './gain-sums.js';

/** Under this name the sums of what people knew are kept. */
export const GAINS = 'follow-up';

/** What people knew before, after and later. A fact is a finished form; people are counted with all of theirs. */
export const countedGains: KeptFigure = {
  name: GAINS,
  changes: changesOf,
  subjects: organisationsMeasured,
  whole: async function* (organisationId, uncounted) {
    for (let after = ''; ;) {
      const people = await measuredAfter(organisationId, after);
      const last = people.at(-1);
      if (!last) return;
      const forms = await formsOf(people);
      yield gainsOf(forms, await countedAmong(forms, uncounted));
      after = last.userId;
    }
  },
};

async function* changesOf(facts: readonly Uncounted[]): AsyncGenerator<CountedFacts> {
  const ids = facts.map(({ fact }) => fact);
  const forms = await formsOf(await peopleMeasured(ids));
  const counted = await countedAmong(forms, uncountedOf(GAINS));
  const before = gainsOf(forms, counted);
  yield { facts: ids, added: [...gainsOf(forms, new Set([...counted, ...ids])), ...negative(before)] };
}

/** Of these forms, read before, those that are counted. */
async function countedAmong(forms: readonly FinishedForm[], uncounted: UncountedIn): Promise<Set<string>> {
  const ids = [...new Set(forms.map(({ id }) => id))];
  const waiting = new Set<string>();
  for (const some of chunks(ids, 1_000)) for (const id of (await uncounted(some)).keys()) waiting.add(id);
  return new Set(ids.filter(id => !waiting.has(id)));
}

/** What those of the forms add, person by person. */
const gainsOf = (forms: readonly FinishedForm[], counted: ReadonlySet<string>): Added[] =>
  [
    ...groupedBy(
      forms.filter(({ id }) => counted.has(id)),
      'userId',
    ).values(),
  ].flatMap(gainsOfPerson);

/** What somebody knew is counted no more. In the transaction that erases it. Throws `PutOff` while everything is counted anew. */
export async function uncountGains(userId: string, now: number): Promise<void> {
  await changeSums(countedGains, now, async () => {
    const forms = await formsOf(await asMeasured(userId));
    const counted = await countedAmong(forms, uncountedOf(GAINS));
    await forgetFacts(GAINS, [...new Set(forms.map(({ id }) => id))]);
    return negative(gainsOf(forms, counted));
  });
}

/** What people of an organisation knew before, after and later: what is counted of each course, module and objective. */
export const gainRows = async (organisationId: string) => unitRows(await keptOf(GAINS, organisationId));

const MEASURED = sql`select ${columns(Organisation, 'o', 'id', 'name')} from ${Organisation} o
  where exists (select 1 from ${KeptSum} k where k.figure = $1 and k.subject = o.id) order by o.name, o.id`;

/** The organisations in which somebody has finished a measurement, by name. */
export const measuredOrganisations = (): Promise<{ id: string; name: string }[]> => rows(MEASURED, [GAINS]);
