import { foldedName } from '../../../../platform/lib/text/folding.js';
import type { RosterPerson } from '../reading/roster-rows.js';
import type { KnownMember } from './known-people.js';

/** Somebody who may be the person of a row, under another staff number: `id` is null where it is an earlier row. */
export interface LookAlike {
  readonly id: string | null;
  readonly name: string;
  readonly staffNumber: string | null;
  readonly line: number | null;
}

type Marks = Pick<KnownMember, 'name' | 'hiredOn' | 'email'>;

/**
 * Finds people who may be one: the same folded name, and the same day of hire or the same address. They are offered to
 * whoever imports, and never merged by us.
 */
export class LookAlikes {
  readonly #byMark = new Map<string, LookAlike>();

  add(marks: Marks, found: LookAlike): void {
    for (const mark of marksOf(marks)) if (!this.#byMark.has(mark)) this.#byMark.set(mark, found);
  }

  of(person: RosterPerson): LookAlike | null {
    return marksOf(person).flatMap(mark => this.#byMark.get(mark) ?? [])[0] ?? null;
  }
}

function marksOf({ name, hiredOn, email }: Marks): string[] {
  const folded = foldedName(name);
  return [hiredOn, email].flatMap(mark => (mark === null ? [] : `${folded}\n${mark}`));
}
