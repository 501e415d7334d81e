import type { ErrorRequestHandler, RequestHandler, Router } from 'express';
import type { SignIn, SignInContext } from './people/accounts/sign-in/sign-in.js';
import type { Papers } from './proof/certificates/documents/papers.js';
import type { Issuer } from './proof/certificates/issuer/issuer.js';
import type { KeyDeps } from './proof/certificates/issuer/signing-keys.js';
import type { Checkpoints } from './proof/certificates/ledger/checkpoints.js';
import type { IssuerDeps } from './proof/certificates/issuer-deps.js';
import type { Config } from './config.js';
import type { Content } from './teaching/content/schema/types.js';
import type { PersonalData } from './platform/db/personal-data.js';
import type { Table } from './platform/db/table.js';
import type { DeclaredEvents } from './platform/events/event.js';
import type { Reactions } from './platform/events/reaction.js';
import type { Routines } from './platform/events/routines/routine.js';
import type { RateLimits } from './platform/http/security/rate-limits.js';
import type { SessionStore } from './platform/http/security/sessions.js';
import type { ShowPage } from './platform/http/page.js';
import type { Views } from './platform/http/views.js';
import type { MailingDeps } from './people/mails/mail-reactions.js';
import type { Actor } from './policy.js';
import type { KeptFigure } from './platform/sums/kept-figure.js';

/**
 * Everything the program must know about a slice. Composition imports nothing else from the slice, so one line in `slices.ts`
 * adds or removes it.
 */
export interface Door {
  readonly name: string;
  readonly tables?: readonly Table[];
  /** The personal data it holds: an export collects it, and an erasure erases it. */
  readonly personal?: PersonalData;
  /** What happens in it, for the log. */
  readonly events?: DeclaredEvents;
  /** Its work that follows from events. */
  readonly reactions?: Reactions<WorkerSide>;
  /** Its work that the clock asks for. */
  readonly routines?: Routines<WorkerSide & { readonly figures: readonly KeptFigure[] }>;
  /** Figures about many people that it keeps as sums. */
  readonly figures?: readonly KeptFigure[];
  /** Commands for operators. */
  readonly commands?: readonly Command[];
  readonly web?: WebDoor;
}

/** A slice's part of the web side. A request passes these in this order. */
export interface WebDoor {
  /** Addresses for programs, which send their own credentials and have no session. */
  readonly programs?: Readonly<Record<string, (deps: WebSide) => RequestHandler>>;
  /** Pages that need a cookie. A browser accepts it only if the site is set up correctly. */
  readonly signInPages?: readonly string[];
  /** Addresses of forms that need no session and may come from any site. Say why beside each. */
  readonly fromAnywhere?: readonly (string | ((path: string) => boolean))[];
  /** The slice's contribution to signing in. */
  readonly signIn?: (deps: WebSide) => Partial<SignInParts>;
  /** Guards that stop some people who have signed in. */
  readonly walls?: (deps: PageDeps) => readonly RequestHandler[];
  /** Parsers of forms with a file. They run before the token check, because the token is a field of the form. */
  readonly files?: (deps: WebSide) => readonly RequestHandler[];
  /** Look up what every page needs about its reader. */
  readonly reader?: (deps: WebSide) => readonly RequestHandler[];
  /** Redirect some people from another slice's page to their own. */
  readonly leads?: (deps: WebSide) => readonly Router[];
  /** Slow pages and files, with everything below them. They wait for each other, and learners never wait for them. */
  readonly reports?: readonly string[];
  /** Addresses that could do the most harm in a browser left signed in, with everything below them. */
  readonly proofFirst?: readonly string[];
  readonly pages?: (deps: PageDeps) => readonly Router[];
  /** Handlers of errors that have their own page. */
  readonly faults?: (show: ShowPage) => readonly ErrorRequestHandler[];
}

/** What work in the background receives: outside things. */
export interface WorkerSide extends MailingDeps {
  readonly issuer: Issuer;
  readonly papers: Papers;
  readonly sessions: SessionStore;
  readonly limits: RateLimits;
}

/** What routes receive: outside things, and how to answer with a page. */
export type WebSide = IssuerDeps;

/** The same, with what pages need that sign people in. */
export interface PageDeps extends WebSide {
  readonly signIn: SignIn;
  readonly isAnsweredFor: SignInParts['isAnsweredFor'];
}

/** What `accounts` needs from other slices to sign somebody in. */
export interface SignInParts extends Omit<SignInContext, 'clock' | 'sessions'> {
  /** Whether an identity provider is responsible for each of their sign-ins. */
  readonly isAnsweredFor: (actor: Actor) => Promise<boolean>;
  /** Asks for the password again before a harmful action. */
  readonly proofFirst: RequestHandler;
}

/** A command for operators. `name` may be two words. */
export interface Command {
  readonly name: string;
  /** How to type it and what it does, as `cli` prints it. */
  readonly usage: string;
  /** `args`: what follows the name. Returns the exit code. Throws an error with a sentence if it did nothing. */
  readonly run: (args: string[], around: CommandLine) => Promise<number> | number;
}

/** What commands need around them. */
export interface CommandLine {
  readonly say: (line: string) => void;
  /** The settings of the existing installation. Throws if there is none. */
  readonly settings: () => Config;
  /** The content of `modules/`. Throws an error that lists its faults. */
  readonly content: () => Content;
  readonly views: () => Views;
  readonly withDatabase: (work: (config: Config) => Promise<number>) => Promise<number>;
  /** Throws if DATA_DIR does not belong to the database. */
  readonly withKeys: (work: (signed: Signed) => Promise<number>) => Promise<number>;
  /** Accepts any DATA_DIR: for the command that says which one counts. */
  readonly withMarks: (work: (signed: Signed) => Promise<number>) => Promise<number>;
}

/** What commands need that work on signed data. */
export interface Signed {
  readonly config: Config;
  readonly keys: KeyDeps;
  readonly checkpoints: Checkpoints;
}
