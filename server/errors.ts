/**
 * Errors that a person cannot correct on the spot, named by what they mean. `http/error-pages.ts` turns each into a page
 * or JSON; `reportable` says whether an engineer should be told.
 */
export class AppError extends Error {
  readonly status: number;
  readonly reportable: boolean;

  constructor(
    message: string,
    status: number,
    { reportable = false, cause }: { reportable?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.name = new.target.name;
    this.status = status;
    this.reportable = reportable;
  }
}

/** The thing does not exist, or the person may not know that it does: both have the same answer. */
export class NotFound extends AppError {
  constructor(what = 'Not found') {
    super(what, 404);
  }
}

/** The thing exists, and the person may not know that: for them it is as if it did not. `action`: of the policy. */
export class Hidden extends NotFound {
  readonly action: string;

  constructor(action: string) {
    super();
    this.action = action;
  }
}

/** The person may know that the thing exists, but may not do this with it. `action`: of the policy, where it was that which refused. */
export class Forbidden extends AppError {
  readonly action: string | null;

  constructor(what = 'Not allowed', action: string | null = null) {
    super(what, 403);
    this.action = action;
  }
}

/** The form is ours, but its token is of another session: that one has ended, or there was none. */
export class FormTooOld extends Forbidden {
  constructor() {
    super('The form was too old, or was not ours');
  }
}

/** The decision is about the person who makes it. They may decide about others; here somebody else has to. */
export class OwnMatter extends Forbidden {
  constructor(action: string) {
    super('Nobody decides on what is their own', action);
  }
}

/** Nobody is signed in. The error page leads to the sign-in page and back. */
export class SignInNeeded extends AppError {
  constructor() {
    super('Sign in first', 401);
  }
}

/** The person proved who they are in a way that their organisation no longer takes: they sign in with its own provider. */
export class SignInElsewhere extends AppError {
  readonly organisationId: string;

  constructor(organisationId: string) {
    super('Sign in with the organisation', 403);
    this.organisationId = organisationId;
  }
}

/** It is the person's own, in an organisation that did not let them in: their session holds what another one vouches for. */
export class NotVouchedFor extends AppError {
  constructor() {
    super('Another organisation let this person in', 403);
  }
}

/** The request contradicts what is stored, for example a certificate that has been revoked already. */
export class Conflict extends AppError {
  constructor(what: string) {
    super(what, 409);
  }
}

/** The organisation has paused its training. `contact`: an address to write to; null where none was named. */
export class TrainingPaused extends Conflict {
  readonly contact: string | null;

  constructor(contact: string | null) {
    super('The training of this organisation is paused');
    this.contact = contact;
  }
}

/** Too many attempts. `retryAfter` is in seconds. */
export class TooMany extends AppError {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('Too many attempts', 429);
    this.retryAfter = retryAfter;
  }
}

/** Something that we depend on, above all the database, does not answer. */
export class Unavailable extends AppError {
  constructor(what: string, { cause }: { cause?: unknown } = {}) {
    super(what, 503, { reportable: true, cause });
  }
}

/** A read was cut off at its time limit, so that others do not have to wait for it. */
export class TooSlow extends Unavailable {
  constructor({ cause }: { cause?: unknown } = {}) {
    super('A read took too long', { cause });
  }
}

/**
 * Nobody can sign in, because of how the site is reached. `scheme`: the proxy does not say that people use HTTPS; `host`:
 * they use another address than the one in the settings.
 */
export type SetupFault = 'scheme' | 'host';

/** Only whoever runs the site can correct it; the page tells them how. */
export class NotSetUp extends AppError {
  readonly fault: SetupFault;

  constructor(fault: SetupFault) {
    super('The site is not set up correctly', fault === 'host' ? 421 : 503);
    this.fault = fault;
  }
}
