import type { ErrorRequestHandler, RequestHandler, Router } from 'express';
import type { SignIn, SignInContext } from './accounts/sign-in/sign-in.js';
import type { KeyDeps } from './certificates/issuer/signing-keys.js';
import type { Checkpoints } from './certificates/ledger/checkpoints.js';
import type { IssuerDeps } from './certificates/issuer-deps.js';
import type { Config } from './config.js';
import type { Content } from './courses/content/schema/types.js';
import type { PersonalData } from './db/personal-data.js';
import type { Table } from './db/table.js';
import type { ShowPage } from './http/page.js';
import type { Views } from './http/views.js';
import type { Actor } from './policy.js';
import type { KeptFigure } from './sums/kept-figure.js';

/**
 * All that the house must know of a slice. Composition imports this of it and nothing else, so that a slice is added, or taken
 * out, with its line in `slices.ts`.
 */
export interface Door {
  readonly name: string;
  readonly tables?: readonly Table[];
  /** What it holds of people: what an export collects, and an erasure erases. */
  readonly personal?: PersonalData;
  /** What it shows of many people, kept as sums. */
  readonly figures?: readonly KeptFigure[];
  /** What operators type. */
  readonly commands?: readonly Command[];
  readonly web?: WebDoor;
}

/** What a slice gives the web side, in the order in which a request passes it. */
export interface WebDoor {
  /** Addresses of programs that bring credentials of their own: they have no session. */
  readonly programs?: Readonly<Record<string, (deps: WebSide) => RequestHandler>>;
  /** Pages that need a cookie, which a browser accepts only where the site is set up correctly. */
  readonly signInPages?: readonly string[];
  /** Addresses of forms that use nobody's authority, and so may come from anywhere: each says why. */
  readonly fromAnywhere?: readonly (string | ((path: string) => boolean))[];
  /** What this slice knows of somebody who signs in. */
  readonly signIn?: (deps: WebSide) => Partial<SignInParts>;
  /** Who goes no further, though they are signed in. */
  readonly walls?: (deps: PageDeps) => readonly RequestHandler[];
  /** Readers of forms with a file, whose token is one of their fields. */
  readonly files?: (deps: WebSide) => readonly RequestHandler[];
  /** What a page has to know of its reader. */
  readonly reader?: (deps: WebSide) => readonly RequestHandler[];
  /** Leads somebody from the page of another slice to their own. */
  readonly leads?: (deps: WebSide) => readonly Router[];
  /** Pages and files that read a great deal, with all below them: they wait for each other, and learners never wait for them. */
  readonly reports?: readonly string[];
  /** Addresses that do the most harm in the hands of somebody who finds a browser signed in, with all below them. */
  readonly proofFirst?: readonly string[];
  readonly pages?: (deps: PageDeps) => readonly Router[];
  /** Faults that have a page of their own. */
  readonly faults?: (show: ShowPage) => readonly ErrorRequestHandler[];
}

/** What routes are given: outside things, and how to answer with a page. */
export type WebSide = IssuerDeps;

/** The same, for pages where somebody signs in. */
export interface PageDeps extends WebSide {
  readonly signIn: SignIn;
  readonly isAnsweredFor: SignInParts['isAnsweredFor'];
}

/** What slices to the right know of somebody at a door of `accounts`. */
export interface SignInParts extends Omit<SignInContext, 'clock' | 'sessions'> {
  /** Whether somebody else answers for each of their sign-ins. */
  readonly isAnsweredFor: (actor: Actor) => Promise<boolean>;
  /** Asks for a new proof that it is they, before what does harm. */
  readonly proofFirst: RequestHandler;
}

/** A command of operators: `name` may be two words. */
export interface Command {
  readonly name: string;
  /** How it is typed and what it does, as `cli` prints it. */
  readonly usage: string;
  /** `args`: what follows the name. Returns the exit code; throws an error with a sentence where nothing was done. */
  readonly run: (args: string[], around: CommandLine) => Promise<number> | number;
}

/** What commands need around them. */
export interface CommandLine {
  readonly say: (line: string) => void;
  /** The settings of the installation that exists here. Throws where there is none. */
  readonly settings: () => Config;
  /** The content of `modules/`. Throws an error that lists its faults. */
  readonly content: () => Content;
  readonly views: () => Views;
  readonly withDatabase: (work: (config: Config) => Promise<number>) => Promise<number>;
  /** Throws where DATA_DIR is not the folder of the database. */
  readonly withKeys: (work: (signed: Signed) => Promise<number>) => Promise<number>;
  /** In any folder: for the command that says which of them counts. */
  readonly withMarks: (work: (signed: Signed) => Promise<number>) => Promise<number>;
}

/** What a command needs that works on what was signed. */
export interface Signed {
  readonly config: Config;
  readonly keys: KeyDeps;
  readonly checkpoints: Checkpoints;
}
