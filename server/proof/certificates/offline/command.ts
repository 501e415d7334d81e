import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { judge, readDid, type OfflineVerdict } from './judge.js';
import { factLines } from './verdict-report.js';
import { adviceOn, VERDICTS, WORDS } from './offline-words.js';

const USAGE = `safe-passage-verify FILE --did DID.json [--list LIST.json] [--at DATE]

Checks a certificate, offline: a PDF, PNG, SVG or JSON file.

  --did   the issuer's key document: did.json in an audit pack, /.well-known/did.json of the issuer
  --list  the status list that the certificate names: it shows whether the certificate was revoked, suspended or replaced
  --at    the day to check for, as 2026-12-24; today without it

Ends with 0 when the certificate is valid; 1 when it is revoked, suspended, replaced, expired, altered or from
a different issuer;
2 when the check cannot tell: no list, no certificate in the file, or a file that cannot be read.
`;

/** The largest file (bytes), as on the website. */
const MOST = 5_000_000;

const CODES: Partial<Record<OfflineVerdict, number>> = { valid: 0, unreadable: 2, 'status-unknown': 2 };

/** The program. Writes to `say`, and returns the exit code. */
async function run(args: string[], say: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      did: { type: 'string' },
      list: { type: 'string' },
      at: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    say(USAGE);
    return 0;
  }
  const [path, more] = positionals;
  if (!path || more || !values.did) throw new Error('Give one file, and the key document after --did.');
  const did = readDid(read(values.did).toString());
  if (!did) throw new Error(`${values.did} is not a key document.`);
  const list = values.list === undefined ? null : read(values.list).toString();
  const judged = await judge({ file: read(path), did, list, now: momentOf(values.at) });
  const { title, text } = VERDICTS[judged.verdict];
  say(`${title}. ${text}`);
  for (const advice of adviceOn(judged.reasons)) say(advice);
  for (const { label, value } of factLines(judged)) say(`  ${label.padEnd(13)}${value}`);
  if (judged.facts) say(WORDS.compare);
  return CODES[judged.verdict] ?? 1;
}

function read(path: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new Error(`${path} cannot be read.`);
  }
  if (bytes.length > MOST) throw new Error(`${path} is larger than 5 MB.`);
  return bytes;
}

/** The end of the given day, so that a certificate that was awarded on it counts. */
function momentOf(day: string | undefined): number {
  if (day === undefined) return Date.now();
  const moment = Date.parse(`${day}T23:59:59Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(moment)) throw new Error('Give the date as 2026-12-24.');
  return moment;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
try {
  process.exitCode = await run(process.argv.slice(2), say);
} catch (fault) {
  process.stderr.write(`${(fault as Error).message}\n\n${USAGE}`);
  process.exitCode = 2;
}
