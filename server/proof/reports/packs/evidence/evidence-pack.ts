import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyLog } from '../../../certificates/issuer/key-log.js';
import { projectRoot } from '../../../../config.js';
import { zipFiles, type PackFile } from '../../../../platform/lib/zip.js';
import type { SealedAsk, SealedDeps, SealedKind } from '../../sealed/sealed-kind.js';
import { acknowledgementTable, statementTable } from './acknowledgement-tables.js';
import { approvalTable } from './approval-table.js';
import { certificateTable, credentialFiles } from './certificate-files.js';
import { changeFiles } from './change-files.js';
import { courseFiles } from './course-files.js';
import { creditTable } from './credit-table.js';
import { firstPage } from './first-page.js';
import { packScope, type EvidenceParams, type PackScope } from './pack-scope.js';
import { peopleFiles, shortFiles } from './pack-tables.js';
import { peopleTable } from './people-table.js';
import { regradeTable, rulingTable } from './ruling-files.js';
import { sessionTable } from './session-table.js';
import { publicPem, signedFiles } from './signed-files.js';
import { exemptionTable, markTable, inUtc, standingTable } from './standing-tables.js';

/** The shape of the files, for programs: raised when a column changes its meaning. */
const FORMAT = 1;

const TABLES = [
  ...[peopleTable, standingTable, creditTable, certificateTable, exemptionTable, markTable, regradeTable],
  acknowledgementTable,
] as const;

/**
 * Who was trained, when and in what, over a period: for an inspector who has nothing else. Everything is as we knew it when it was
 * asked for, and signed by the issuer. It tells of one organisation, and of nobody outside it.
 */
export const evidencePack: SealedKind<EvidenceParams> = {
  kind: 'evidence-pack',
  action: 'organisation.administer',
  keptDays: 366,
  type: 'application/zip',
  since: '/since',
  fileName: ({ params: { from, to } }) => `evidence-${from}-to-${to}.zip`,
  async *make(ask, deps) {
    await deps.issuer.refresh();
    yield* zipFiles(signedFiles(packFiles(ask, deps), deps.issuer));
  },
};

async function* packFiles(
  ask: SealedAsk<EvidenceParams>,
  { issuer, progress }: SealedDeps,
): AsyncGenerator<PackFile> {
  const scope = await packScope(ask);
  yield { path: 'index.html', content: await firstPage(scope) };
  yield { path: 'VERIFY.md', content: VERIFY() };
  yield { path: 'pack.json', content: about(scope, issuer.did) };
  yield { path: 'issuer-key.pem', content: publicPem(issuer) };
  yield { path: 'did.json', content: JSON.stringify(issuer.document) };
  yield { path: 'key-log.jsonl', content: (await keyLog()).map(entry => `${entry}\n`).join('') };
  const all = scope.people.length;
  for (const [at, table] of TABLES.entries())
    yield* peopleFiles(table, scope, people =>
      progress(Math.floor((at * all + people) / TABLES.length), all),
    );
  for (const table of [sessionTable, approvalTable, rulingTable, statementTable])
    yield* shortFiles(table, scope);
  yield* courseFiles(scope);
  if (scope.names) yield* credentialFiles(scope);
  yield* changeFiles(scope.organisation.id);
}

/** It is not compiled: it is beside the sources, also when the program runs from dist/. */
const VERIFY = (): string =>
  readFileSync(
    join(projectRoot, 'server', 'proof', 'reports', 'packs', 'evidence', 'VERIFY-evidence.md'),
    'utf8',
  );

const about = (
  { organisation, period, names, requirements: asked, courses, people }: PackScope,
  issuer: string,
): string => {
  const { id, name, timeZone } = organisation;
  const { from, to, knownAt } = period;
  const requirements = asked.map(({ id: requirementId, title }) => ({ id: requirementId, title }));
  const said = { from, to, timeZone, knownAt: inUtc(knownAt), people: people.length, names };
  return `${JSON.stringify({ format: FORMAT, organisation: { id, name }, issuer, ...said, requirements, courses }, null, 2)}\n`;
};
