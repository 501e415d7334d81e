import type { Papers } from '../../certificates/documents/papers.js';
import type { Issuer } from '../../certificates/issuer/issuer.js';
import type { Config } from '../../../config.js';
import type { TakenKind } from '../../../platform/events/taken-files.js';
import type { Json } from '../../../platform/lib/canonical-json.js';

/** What was asked for: of JSON, so a `type`, not an interface. */
export type SealedParams = Readonly<Record<string, Json>>;

/** Somebody asked for a file: what exactly. Moments are epoch ms. */
export interface SealedAsk<P> {
  readonly id: string;
  readonly organisationId: string;
  readonly params: P;
  /** Everything in the file is as we knew it at this moment, whenever it is made: the same bytes on a second run. */
  readonly knownAt: number;
}

/** What the making of a file needs from outside. `clock` gives epoch ms. */
export interface SealedDeps {
  readonly config: Config;
  readonly issuer: Issuer;
  readonly papers: Papers;
  readonly clock: () => number;
  /**
   * Say how far it is, as often as you like: only a whole per cent more is written down. The last `done` counts as the file's
   * number of rows. Throws where nobody wants the file any more: let that pass.
   */
  readonly progress: (done: number, total: number) => Promise<void>;
}

/**
 * A kind of file that is made in the background. To add one: a file that exports a `SealedKind`, its line in `SEALED_KINDS`
 * (`reports/sealed-kinds.ts`), its name in `TakenKind` with its words (`eventLog.file.<kind>`), and a form whose handler calls `askForFile` and
 * leads to `sealedPath`. `P`: what was asked for, as JSON; the same asked for again while it is open is the same file.
 */
export interface SealedKind<P extends SealedParams> {
  /** Its name in the log of files that left. Never used again for something else, since stored rows know their kind by it. */
  readonly kind: TakenKind;
  /** Who may see files of this kind on the organisation's pages. Others need a door of their own (`routes-send.ts`). */
  readonly action: 'organisation.manage' | 'organisation.administer';
  /** For how many days the file is kept; null: until somebody removes it. */
  readonly keptDays: number | null;
  /** Its media type. */
  readonly type: string;
  /** Under which name a browser saves it: ASCII, at most 200 letters, with its ending. Never the name of a person. */
  readonly fileName: (ask: Pick<SealedAsk<P>, 'params' | 'knownAt'>) => string;
  /** Where a page says what has changed since the file was made: below the address of the file. */
  readonly since?: '/since';
  /**
   * The bytes of the file, piece by piece; of a ZIP: `zipFiles(files)`. Runs in the worker, and again from its beginning if the
   * process stops half-way. Never twice at once for one file. Reads in batches, and holds no transaction open.
   */
  readonly make: (ask: SealedAsk<P>, deps: SealedDeps) => AsyncIterable<string | Uint8Array>;
}

/** Any kind, where only the stored row says what was asked for. */
export type AnySealedKind = SealedKind<never>;
