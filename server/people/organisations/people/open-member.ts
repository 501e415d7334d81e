import { NotFound } from '../../../errors.js';
import { dayOf } from '../../../platform/lib/days.js';
import { isId } from '../../../platform/lib/ids.js';
import { authorise, can, type Actor } from '../../../policy.js';
import { placedMember } from '../reach.js';
import { organisationToOpen } from '../settings/open-organisation.js';
import { unitSpans } from '../units/stored-units.js';
import type { UnitSpan } from '../units/unit-tree.js';
import { findMember } from './find-members.js';
import { listedName } from './member-words.js';
import { readMembers, type StoredMember, type Zoned } from './stored-members.js';

/** Somebody's place in an organisation, as one who may see it has opened it. */
export interface OpenMember {
  readonly actor: Actor;
  readonly organisation: Zoned & { readonly name: string };
  readonly name: string;
  readonly member: StoredMember;
  readonly spans: readonly UnitSpan[];
  readonly today: string;
  /** Nobody moves themselves, and nothing is changed of an entry that was merged into another one. */
  readonly mayChange: boolean;
}

/** A membership, for those who may do `action`. Throws `NotFound` to those who may not even see the person, or to visitors `SignInNeeded`. */
export async function openMember(
  reader: Actor | null,
  { id, membershipId }: { readonly id?: unknown; readonly membershipId?: unknown },
  { now, action }: { now: number; action: 'person.see' | 'person.place' | 'person.exempt' },
): Promise<OpenMember> {
  const { organisation, actor } = await organisationToOpen(reader, id, 'organisation.people');
  const found = isId(membershipId) ? await findMember(organisation.id, membershipId) : null;
  authorise(actor, action, await placedMember(actor, found));
  const member = found && (await readMembers(organisation, [found.id])).get(found.id);
  if (!found || !member) throw new NotFound();
  const spans = await unitSpans(organisation.id);
  const mayChange = can(actor, 'person.place', found) && found.mergedInto === null;
  const today = dayOf(now, organisation.timeZone);
  return { actor, organisation, name: listedName(found), member, spans, today, mayChange };
}
