import { auditPack } from '../packs/audit-pack.js';
import { evidencePack } from '../packs/evidence/evidence-pack.js';
import { certificatePapers } from '../packs/papers/certificate-papers.js';
import { SEALED_LIST } from '../rooms/sealing/sealed-list.js';
import { ruleReport } from '../rules/report/report-file.js';
import type { AnySealedKind } from './sealed-kind.js';

/** Every kind of file that is made in the background. */
export const SEALED_KINDS: readonly AnySealedKind[] = [
  evidencePack,
  auditPack,
  certificatePapers,
  SEALED_LIST,
  ruleReport,
];

/** The kind of a stored file; undefined where an earlier version of the program made it. */
export const kindOf = ({ kind }: { kind: string }): AnySealedKind | undefined =>
  SEALED_KINDS.find(each => each.kind === kind);
