/** What a door asks for, what a session that begins there may open, and what it asks for before harm is done. */
interface Door {
  /** What somebody shows there. */
  readonly proves:
    | 'password'
    | 'passkey'
    | 'mailbox'
    | 'mailbox and password'
    | 'card'
    | 'PIN'
    | 'word of the provider'
    | 'second factor';
  /** `account`: all that the account may do; `organisation`: what it may do in the one whose door it is; `course`: one course. */
  readonly opens: 'account' | 'organisation' | 'course';
  /**
   * Whether people who have a second factor are asked for it there. `for more`: only where the account has a role elsewhere or administers
   * the installation; `shown`: what they show is one.
   */
  readonly secondStep: 'asked' | 'for more' | 'shown';
  /** Before what does the most harm. `counts`: the sign-in is proof enough for some minutes; `asks`: another proof is asked for. */
  readonly beforeHarm: 'counts' | 'asks';
}

/** Every way in. Whatever begins a session names its door here, and `answerAt` says what that door may open. */
export const DOORS = {
  password: { proves: 'password', opens: 'account', secondStep: 'asked', beforeHarm: 'counts' },
  passkey: { proves: 'passkey', opens: 'account', secondStep: 'shown', beforeHarm: 'counts' },
  'sign-in-link': { proves: 'mailbox', opens: 'account', secondStep: 'asked', beforeHarm: 'counts' },
  confirmation: {
    proves: 'mailbox and password',
    opens: 'account',
    secondStep: 'asked',
    beforeHarm: 'counts',
  },
  'new-address': {
    proves: 'mailbox and password',
    opens: 'account',
    secondStep: 'asked',
    beforeHarm: 'counts',
  },
  invitation: { proves: 'mailbox', opens: 'account', secondStep: 'asked', beforeHarm: 'counts' },
  'room-link': { proves: 'mailbox', opens: 'account', secondStep: 'asked', beforeHarm: 'counts' },
  'one-course': { proves: 'mailbox', opens: 'course', secondStep: 'asked', beforeHarm: 'asks' },
  'sent-course': { proves: 'mailbox', opens: 'course', secondStep: 'asked', beforeHarm: 'asks' },
  card: { proves: 'card', opens: 'organisation', secondStep: 'asked', beforeHarm: 'asks' },
  pin: { proves: 'PIN', opens: 'organisation', secondStep: 'asked', beforeHarm: 'asks' },
  provider: {
    proves: 'word of the provider',
    opens: 'organisation',
    secondStep: 'for more',
    beforeHarm: 'asks',
  },
  'second-step': { proves: 'second factor', opens: 'account', secondStep: 'shown', beforeHarm: 'counts' },
} as const satisfies Record<string, Door>;

export type DoorName = keyof typeof DOORS;

/** An account, as far as it decides what a door opens. */
export interface AccountAtDoor {
  readonly hasFactor: boolean;
  readonly isAdministrator: boolean;
  /** The organisations in which it holds a role. */
  readonly rolesIn: readonly string[];
  /** The organisations that let this account in by their own provider alone. */
  readonly enforcing: readonly string[];
}

/** Somebody at a door. `at`: the organisation whose door it is; null: it is ours. Of a second step: that of the first one. */
export interface AtDoor {
  readonly door: DoorName;
  readonly at: string | null;
  /** Of a provider: by whom the account was connected. An organisation vouches for an address, an owner for their account. */
  readonly connectedBy?: 'address' | 'account';
  /** The person of the account is signed in in this browser already. */
  readonly isHere?: boolean;
}

/**
 * `in`: a session begins, which holds the memberships and roles of one organisation (`within`) or all of them (null). `second-step`: it
 * waits for the second factor. `elsewhere`: an organisation lets this account in by its own provider alone. `proven`: the session that is
 * open goes on, and its person has proven that it is they. `connect`: the account may do more than the organisation can vouch for, and
 * its owner has not connected it.
 */
export type AtDoorAnswer =
  | { readonly kind: 'in' | 'second-step'; readonly within: string | null; readonly isProven: boolean }
  | { readonly kind: 'elsewhere'; readonly organisationId: string }
  | { readonly kind: 'connect' }
  | { readonly kind: 'proven' };

/** What a door opens to an account. */
export function answerAt({ door, at, connectedBy, isHere }: AtDoor, account: AccountAtDoor): AtDoorAnswer {
  const { secondStep, beforeHarm } = DOORS[door];
  const [first] = account.enforcing;
  const isEnforcing = at !== null && isWordOfProvider(door) && account.enforcing.includes(at);
  // The link lets nobody in, and still says whose mailbox it is: who has neither password nor second step proves themselves by it.
  if (first !== undefined && !isEnforcing)
    return isHere && door === 'sign-in-link'
      ? { kind: 'proven' }
      : { kind: 'elsewhere', organisationId: first };
  const hasMore = account.isAdministrator || account.rolesIn.some(id => id !== at);
  // Where its provider is the only way in, its people would be shut out: they come in, and no further than into the organisation.
  if (connectedBy === 'address' && hasMore && !isEnforcing) return { kind: 'connect' };
  const isAsked = secondStep === 'asked' || (secondStep === 'for more' && hasMore);
  return {
    kind: isAsked && account.hasFactor ? 'second-step' : 'in',
    within: withinOf({ door, at }, account),
    isProven: beforeHarm === 'counts',
  };
}

/** A second step follows whichever first one was taken. */
const isWordOfProvider = (door: DoorName): boolean => door === 'provider' || door === 'second-step';

/** The second factor is the person's own, so it opens the whole account, but nothing of another organisation that wants its own provider. */
function withinOf({ door, at }: AtDoor, { enforcing }: AccountAtDoor): string | null {
  if (DOORS[door].opens === 'organisation') return at;
  return door === 'second-step' && enforcing.some(id => id !== at) ? at : null;
}
