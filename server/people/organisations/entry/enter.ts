import { timingSafeEqual } from 'node:crypto';
import { LIKE_NO_ADDRESS } from '../../accounts/no-address.js';
import { personChanged } from '../../accounts/people.js';
import { hashPassword, passwordFits } from '../../accounts/sign-in/passwords.js';
import { replacePasswordOf, signUpWithoutAddress } from '../../accounts/sign-up/sign-up-vouched.js';
import { User } from '../../accounts/tables.js';
import { row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { holdOrganisation } from '../hold-organisation.js';
import { indexMembers } from '../people/member-words.js';
import { Membership, MembershipPerson } from '../tables.js';
import { GETS_CARD } from './card-holders.js';
import { entryCodeText } from './entry-codes.js';
import { Entrance, EntryCode } from './tables.js';

/** Whom somebody says they are: the code of their organisation, and their staff number. */
export interface SaidNumber {
  readonly organisation: string;
  readonly staffNumber: string;
}

/** Somebody with this number who works there. Letters of a number may be typed in lower case. */
const WITH_NUMBER = sql`from ${Entrance} c
    join ${MembershipPerson} p on p.organisation_id = c.organisation_id and p.staff_number in ($2, $3)
    join ${Membership} m on m.id = p.membership_id and m.employment <> 'left'
    left join ${User} u on u.id = m.user_id
  where c.code = $1`;

const SIGNS_IN = sql`select ${columns(User, 'u', 'id', 'passwordHash')}, ${columns(Entrance, 'c', 'organisationId')} ${WITH_NUMBER}
  and u.email like $4`;

const numberOf = ({ organisation, staffNumber }: SaidNumber) => [
  organisation,
  staffNumber,
  staffNumber.toUpperCase(),
];

async function accountWith(said: SaidNumber) {
  const [person, second] = await rows(SIGNS_IN, [...numberOf(said), LIKE_NO_ADDRESS]);
  return second ? null : (person ?? null);
}

/** Whose account somebody wants to come into with a staff number; null: nobody's. It says nothing of who they are. */
export const idOfNumber = async (said: SaidNumber): Promise<string | null> =>
  (await accountWith(said))?.id ?? null;

/** Somebody at the door of an organisation. */
interface AtEntrance {
  readonly userId: string;
  readonly organisationId: string;
}

/** Who signs in with a staff number and a PIN, and where; null: something of it is wrong. It takes as long either way. */
export async function personOfNumber(said: SaidNumber, pin: string): Promise<AtEntrance | null> {
  const person = await accountWith(said);
  const fits = await passwordFits(person?.passwordHash ?? null, pin);
  return person && fits ? { userId: person.id, organisationId: person.organisationId } : null;
}

const OPEN = sql`select ${columns(EntryCode, 'e', 'id', 'organisationId', 'membershipId')},
    ${columns(MembershipPerson, 'p', 'name')}, ${orNull(renamed(User, 'u', { userId: 'id' }))}
  from ${EntryCode} e join ${Entrance} c on c.organisation_id = e.organisation_id
    join ${Membership} m on m.id = e.membership_id and m.employment <> 'left'
    join ${MembershipPerson} p on p.membership_id = m.id
    left join ${User} u on u.id = m.user_id
  where c.code = $1 and p.staff_number in ($2, $3) and e.ended_at is null and e.expires_at > $5
    and (m.user_id is null or u.email like $4) and ${GETS_CARD}`;

/** The open code of whoever has this number, if this is its text. */
async function openCode(said: SaidNumber, code: string, { key, now }: { key: Buffer; now: number }) {
  const found = await rows(OPEN, [...numberOf(said), LIKE_NO_ADDRESS, now]);
  const isText = (id: string) => timingSafeEqual(Buffer.from(entryCodeText(key, id)), Buffer.from(code));
  return found.find(({ id }) => isText(id)) ?? null;
}

const USE = sql`update ${EntryCode} set ended_at = $1, outcome = 'used' where id = $2 and ended_at is null returning id`;
const LINK = sql`update ${Membership} set user_id = $1 where id = $2`;

/**
 * Come in by a printed code, and choose a PIN for the next time: the account is made, or gets the new PIN. Returns the
 * person; null: the code does not work with this number, or no longer. Of several uses one succeeds.
 */
export async function enterFirst(
  said: SaidNumber,
  { code, pin }: { code: string; pin: string },
  { key, now }: { key: Buffer; now: number },
): Promise<AtEntrance | null> {
  // Only whoever has a code that works makes this server work for a hash.
  const seen = await openCode(said, code, { key, now });
  if (!seen) return null;
  const passwordHash = await hashPassword(pin);
  return inTransaction(async () => {
    await holdOrganisation(seen.organisationId);
    const open = await openCode(said, code, { key, now });
    if (!open || !(await row(USE, [now, open.id]))) return null;
    const { id: entryCodeId, membershipId, organisationId } = open;
    const userId = await accountOf(open, passwordHash, now);
    const news = { entryCodeId, membershipId, userId };
    await record('entry-code.used', news, { actorId: userId, organisationId, now });
    personChanged(userId);
    return { userId, organisationId };
  });
}

async function accountOf(
  { userId, membershipId, organisationId, name }: NonNullable<Awaited<ReturnType<typeof openCode>>>,
  passwordHash: string,
  now: number,
): Promise<string> {
  if (userId !== null) {
    await replacePasswordOf(userId, passwordHash, now);
    return userId;
  }
  const made = await signUpWithoutAddress({ name, passwordHash, cardOrganisationId: organisationId }, now);
  await rows(LINK, [made, membershipId]);
  await indexMembers([membershipId]);
  return made;
}
