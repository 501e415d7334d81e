import type { Employment } from '../../people/member-facts.js';

/** A person of the organisation as they are today, as far as a roster can change them. */
export interface KnownMember {
  readonly id: string;
  readonly staffNumber: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly employment: Employment;
  readonly hiredOn: string | null;
  /** Where they are counted today; null: nowhere. */
  readonly unitId: string | null;
  readonly job: string | null;
  readonly tags: readonly string[];
  /** The one in which this one goes on; null: it was not merged. */
  readonly mergedInto: string | null;
}

/** A unit of the organisation. `path`: the names from the top down to its own. */
export interface KnownUnit {
  readonly id: string;
  readonly code: string | null;
  readonly path: readonly string[];
  readonly isClosed: boolean;
}

/** The people of an organisation, found by what a row says of them. */
export class KnownMembers {
  readonly #byId = new Map<string, KnownMember>();
  readonly #byNumber = new Map<string, KnownMember>();

  constructor(members: Iterable<KnownMember>) {
    for (const member of members) {
      this.#byId.set(member.id, member);
      if (member.staffNumber !== null) this.#byNumber.set(member.staffNumber, member);
    }
  }

  all = (): Iterable<KnownMember> => this.#byId.values();
  withId = (id: string): KnownMember | null => this.#byId.get(id) ?? null;
  withNumber = (number: string): KnownMember | null => this.#byNumber.get(number) ?? null;
}
