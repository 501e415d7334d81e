import { CannotStart, withoutPassword, type Config } from './config.js';
import { sqliteFile } from './platform/db/sqlite-file.js';

/** The part of an error of the system, of SQLite or of PostgreSQL that says what happened, and where. */
interface Coded {
  readonly code: string;
  readonly path?: unknown;
  readonly syscall?: unknown;
}

/**
 * What an operator can mend without us: a sentence that says what to do. Null for anything else, which is a fault of ours. `config`:
 * null where the settings could not be read.
 */
export function asCannotStart(fault: unknown, config: Config | null): CannotStart | null {
  if (fault instanceof CannotStart) return fault;
  const coded = codedIn(fault);
  const sentence = coded && (ofPlace(coded, config) ?? (config && ofDatabase(coded, config)));
  return sentence ? new CannotStart(sentence, 1) : null;
}

/** The error, or the first of its causes, that has a code. */
function codedIn(fault: unknown): Coded | null {
  if (typeof fault !== 'object' || fault === null) return null;
  const { code, cause, parent } = fault as { code?: unknown; cause?: unknown; parent?: unknown };
  return typeof code === 'string' ? (fault as Coded) : codedIn(parent ?? cause);
}

/** A disk, a folder, a file or a port. */
function ofPlace({ code, path, syscall }: Coded, config: Config | null): string | null {
  const file = config && (sqliteFile(config.databaseUrl) ?? config.dataDir);
  const where = typeof path === 'string' ? path : (file ?? 'DATA_DIR');
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'SQLITE_FULL':
      return `The disk of ${where} is full (${code}): make room and start again.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'SQLITE_READONLY':
      return syscall === 'listen'
        ? `This user may not listen on port ${config?.port} (${code}): set PORT to 1024 or more.`
        : `${where} cannot be written (${code}): give it to the user who runs this program.`;
    case 'SQLITE_CANTOPEN':
      return `${where} cannot be opened (${code}): its folder must exist, and the user who runs this program must be able to write there.`;
    case 'EEXIST':
    case 'ENOTDIR':
    case 'ENOENT':
      return `${where} is no folder, and none can be made there (${code}): correct DATA_DIR or DATABASE_URL.`;
    case 'EIO':
    case 'SQLITE_IOERR':
      return `The disk of ${where} does not work (${code}): look at the log of the machine.`;
    case 'EADDRINUSE':
      return `Another program listens on port ${config?.port} (${code}): stop it, or set PORT to another one.`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${config?.host} (${code}): set HOST to one of its own.`;
    default:
      return null;
  }
}

/** SQLSTATE codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function ofDatabase({ code }: Coded, { databaseUrl }: Config): string | null {
  const database = withoutPassword(databaseUrl);
  switch (code) {
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EHOSTUNREACH':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ETIMEDOUT':
    case '57P03':
      return `The database ${database} does not answer (${code}): start PostgreSQL, or correct DATABASE_URL.`;
    case '28P01':
    case '28000':
      return `The database ${database} refuses this user or password (${code}): correct DATABASE_URL.`;
    case '3D000':
      return `The database ${database} does not exist (${code}): create it with createdb, or correct DATABASE_URL.`;
    case '53300':
      return `The database ${database} has no connection left (${code}): raise its max_connections.`;
    default:
      return null;
  }
}
