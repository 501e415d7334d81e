import { hashPassword } from '../../accounts/sign-in/passwords.js';
import { signUpByLink } from '../../accounts/sign-up/registration.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { holdOrganisation } from '../hold-organisation.js';
import { acceptInvitation, invitationOf } from './accept.js';

/** How joining by an invitation ended. `taken`: its address has an account, whose owner signs in to accept. */
export type Joined =
  { readonly kind: 'joined'; readonly userId: string } | { readonly kind: 'taken' | 'no-link' };

/**
 * Make an account for the address that an invitation went to, and accept the invitation with it. The link proves the address,
 * so no other mail asks to confirm it. Both are done, or nothing is.
 */
export async function joinInvited(
  { token, name, password }: { token: string; name: string; password: string },
  now: number,
): Promise<Joined> {
  // Only whoever holds a link that works makes this server work for a hash.
  if (!(await invitationOf(token, now))) return { kind: 'no-link' };
  const passwordHash = await hashPassword(password);
  return inTransaction(async () => {
    const seen = await invitationOf(token, now);
    if (!seen) return { kind: 'no-link' };
    await holdOrganisation(seen.organisationId);
    const invitation = await invitationOf(token, now);
    if (!invitation) return { kind: 'no-link' };
    const userId = await signUpByLink({ name, email: invitation.email, passwordHash }, now);
    if (!userId) return { kind: 'taken' };
    const accepted = await acceptInvitation(token, { userId, now });
    if (accepted !== 'accepted') throw new Error(`A new account could not accept: ${accepted}`);
    return { kind: 'joined', userId };
  });
}
