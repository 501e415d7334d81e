import { z } from 'zod';
import { CannotStart } from '../../config.js';
import { deriveKey, sha256 } from '../../platform/lib/tokens.js';

const part = z.object({
  name: z
    .string()
    .regex(
      /^(database\.(sqlite|dump)|did\.json|(published|trusted-issuers)\/[\w.-]+\.json|sealed\/[\w-]+\.sealed)$/,
    ),
  size: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const schema = z.object({
  format: z.int(),
  program: z.string(),
  takenAt: z.iso.datetime(),
  dialect: z.enum(['sqlite', 'postgres']),
  baseUrl: z.string(),
  /** Identifies the secret that the backup needs, and reveals nothing of it. */
  secretKeyFingerprint: z.string(),
  /** The migrations that have run, in order. */
  migrations: z.array(z.string()),
  parts: z.array(part),
});

/** What a backup holds, and what it needs: the first file of the archive. */
export type Manifest = z.infer<typeof schema>;

/** The newest format: the second one holds sealed files as well. */
export const FORMAT = 2;

/** What a backup is compared with before anything is changed. */
export interface Here {
  readonly dialect: Manifest['dialect'];
  readonly fingerprint: string;
  readonly migrations: readonly string[];
}

/** Enough to tell two secrets apart, and not enough to find the secret. */
export const fingerprintOf = (secret: Buffer): string =>
  sha256(deriveKey(secret, 'fingerprint of the secret')).slice(0, 16);

/** Read a manifest. Throws `CannotStart` for anything else. */
export function readManifest(text: string): Manifest {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new CannotStart('This is not a backup of Safe Passage, or it is damaged: take another one.', 1);
  }
}

/** Why a backup cannot be restored here, and what to do; null when it can. */
export function refusalOf(manifest: Manifest, here: Here): string | null {
  const unknown = manifest.migrations.filter(name => !here.migrations.includes(name)).at(-1);
  if (manifest.format > FORMAT || unknown !== undefined)
    return `This backup was made by a newer program (${manifest.program}, ${unknown ?? `format ${manifest.format}`}): install that version and restore with it.`;
  if (manifest.dialect !== here.dialect)
    return `This backup holds a ${NAMES[manifest.dialect]} database, and DATABASE_URL names a ${NAMES[here.dialect]} one: set DATABASE_URL to the other kind.`;
  if (manifest.secretKeyFingerprint !== here.fingerprint)
    return `This backup needs the SECRET_KEY with the fingerprint ${manifest.secretKeyFingerprint}, and the one set here has ${here.fingerprint}: set the one that was stored with it.`;
  return null;
}

const NAMES = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const;
