/**
 * What a person cannot mend on the spot, named by meaning. `http/error-pages.ts` turns each into a page
 * (or JSON); `reportable` says whether an engineer should hear of it.
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

/** The thing does not exist, or this person may not know that it does: the two answers are the same. */
export class NotFound extends AppError {
  constructor(what = 'Not found') {
    super(what, 404);
  }
}

/** The person may know that the thing exists, but not do this with it. */
export class Forbidden extends AppError {
  constructor(what = 'Not allowed') {
    super(what, 403);
  }
}

/** The decision is about the person who asks for it. They may decide for others; here somebody else has to. */
export class OwnMatter extends Forbidden {
  constructor() {
    super('Nobody decides on what is their own');
  }
}

/** Nobody is signed in. The error page sends the person to sign-in and back. */
export class SignInNeeded extends AppError {
  constructor() {
    super('Sign in first', 401);
  }
}

/** The request contradicts what is stored now (for example a certificate that is revoked already). */
export class Conflict extends AppError {
  constructor(what: string) {
    super(what, 409);
  }
}

/** Too many tries. `retryAfter` is in seconds. */
export class TooMany extends AppError {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('Too many tries', 429);
    this.retryAfter = retryAfter;
  }
}

/** Something we depend on (the database above all) does not answer now. */
export class Unavailable extends AppError {
  constructor(what: string, { cause }: { cause?: unknown } = {}) {
    super(what, 503, { reportable: true, cause });
  }
}

/** A read was cut off at its time limit, so that others need not wait for it. */
export class TooSlow extends Unavailable {
  constructor({ cause }: { cause?: unknown } = {}) {
    super('A read took too long', { cause });
  }
}

/**
 * How the site is reached keeps people from signing in. `scheme`: the proxy does not say that people come by HTTPS; `host`:
 * they come by another address than the settings name.
 */
export type SetupFault = 'scheme' | 'host';

/** Only whoever runs the site can mend it; the page tells them how. */
export class NotSetUp extends AppError {
  readonly fault: SetupFault;

  constructor(fault: SetupFault) {
    super('The site is not set up correctly', fault === 'host' ? 421 : 503);
    this.fault = fault;
  }
}
