import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { verifyUrl } from '../../../certificates/certificate-card.js';
import { certificateOrder } from '../../../certificates/documents/certificate-order.js';
import type { PaperSize } from '../../../certificates/documents/pdf/paper.js';
import { findCertificate, type CertificateFacts } from '../../../certificates/queries.js';
import { Unavailable } from '../../../../errors.js';
import { dayOf } from '../../../../platform/lib/days.js';
import { columnsOf, csv, type Cell } from '../../../../platform/lib/text/csv.js';
import { csvMetadata, csvMetadataName } from '../../../../platform/lib/text/csv-metadata.js';
import { zipFiles, type PackFile } from '../../../../platform/lib/zip.js';
import { displayCode } from '../../../../platform/lib/ids.js';
import type { SealedAsk, SealedDeps, SealedKind } from '../../sealed/sealed-kind.js';
import { fileNames } from './file-names.js';
import { countStanding, standingCertificates } from './standing-certificates.js';

/** What was asked for: null is any. Moments are epoch ms, and `until` is exclusive. */
export type PapersParams = {
  readonly unitId: string | null;
  readonly course: string | null;
  readonly since: number | null;
  readonly until: number | null;
  readonly size: PaperSize;
};

/**
 * The certificates of an organisation's people on paper, in one ZIP with a list. Papers that were drawn before are on disk still;
 * of the others one is drawn at a time, so that whoever waits for their own paper waits for one more at most. What was drawn stays on
 * disk, so that a second run takes up where the first was stopped.
 */
export const certificatePapers: SealedKind<PapersParams> = {
  kind: 'certificate-papers',
  action: 'organisation.manage',
  keptDays: 14,
  type: 'application/zip',
  fileName: ({ knownAt }) => `certificates-${dayOf(knownAt, 'UTC')}.zip`,
  make: (ask, deps) => zipFiles(packFiles(ask, deps)),
};

const INDEX = 'index.csv';
const COLUMNS = [
  ...columnsOf('string', 'file', 'name', 'staff_number', 'course'),
  ...columnsOf('integer', 'version'),
  ...columnsOf('date', 'awarded_on', 'valid_until'),
  ...columnsOf(
    'string',
    'code',
    'check_at',
    'certificate',
    'person',
    'sha256_of_pdf',
    'sha256_of_credential',
  ),
];
const NAMES = COLUMNS.map(({ name }) => name);

async function* packFiles(ask: SealedAsk<PapersParams>, deps: SealedDeps): AsyncGenerator<PackFile> {
  const { organisationId, knownAt, params } = ask;
  const asked = { ...params, organisationId, knownAt };
  const [total, nameOf] = [await countStanding(asked), fileNames()];
  const index: Cell[][] = [];
  for await (const { id, person, staffNumber, version } of standingCertificates(asked)) {
    const certificate = await findCertificate(id);
    if (!certificate || !isSigned(certificate)) continue;
    if (!certificate.isIntact) {
      index.push(notDrawn(certificate, person));
      continue;
    }
    const pdf = await drawn(certificate, params.size, deps);
    const day = dayOf(Number(certificate.awardedAt), certificate.facts.timeZone ?? deps.config.timeZone);
    const { name, course } = certificate.facts;
    const path = nameOf({ name, course: course.title, day });
    yield { path, content: pdf };
    const record = { path, day, staffNumber, version, person, pdf };
    index.push(recordOf(certificate, record, deps));
    await deps.progress(index.length, total);
  }
  yield { path: INDEX, content: `\ufeff${csv(NAMES, index)}` };
  yield { path: csvMetadataName(INDEX), content: csvMetadata({ columns: COLUMNS }, INDEX) };
}

type Signed = CertificateFacts & { readonly credential: string };

const isSigned = (certificate: CertificateFacts): certificate is Signed => certificate.credential !== null;

/** Nothing is drawn from a certificate that somebody edited: the list names it without a file. */
const notDrawn = ({ id, code }: Signed, person: string | null): Cell[] => {
  const known = new Map<string, Cell>([
    ['code', displayCode(code)],
    ['certificate', id],
    ['person', person],
  ]);
  return NAMES.map(name => known.get(name) ?? null);
};

/** How long to wait where so many people wait for their papers that none more is taken (ms), and how often. */
const [BUSY, TRIES] = [5_000, 60];

async function drawn(certificate: Signed, size: PaperSize, { papers, config }: SealedDeps): Promise<Buffer> {
  for (let tries = 1; ; tries += 1)
    try {
      return await papers.of(certificate, certificateOrder(certificate, config, size));
    } catch (fault) {
      if (!(fault instanceof Unavailable) || tries === TRIES) throw fault;
      await wait(BUSY);
    }
}

interface Printed {
  readonly path: string;
  readonly day: string;
  readonly staffNumber: string | null;
  readonly version: number;
  readonly person: string | null;
  readonly pdf: Buffer;
}

function recordOf(
  { id, code, facts, sha256, validUntil }: Signed,
  { path, day, staffNumber, version, person, pdf }: Printed,
  { config }: SealedDeps,
): Cell[] {
  const zone = facts.timeZone ?? config.timeZone;
  return [
    ...[path, facts.name, staffNumber, facts.course.title, version, day],
    validUntil === null ? null : dayOf(Number(validUntil), zone),
    ...[displayCode(code), verifyUrl(config.baseUrl, code), id, person],
    ...[createHash('sha256').update(pdf).digest('hex'), sha256],
  ];
}
