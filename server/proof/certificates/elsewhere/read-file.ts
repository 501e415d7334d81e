import { dayOf } from '../../../platform/lib/days.js';
import type { DidDocument } from '../../open-badges/did.js';
import type { FileReader } from '../../open-badges/files/reader-thread.js';
import type { Issuer } from '../issuer/issuer.js';
import type { BroughtFacts } from './bring.js';

/** Why a file is not taken. `stranger`: it is signed by somebody whom this installation does not trust. */
export type FileRefusal = 'unreadable' | 'altered' | 'stranger' | 'ours' | 'nothing' | 'busy';

type ReadFile =
  | { readonly kind: 'read'; readonly facts: BroughtFacts }
  | { readonly kind: 'refused'; readonly why: FileRefusal };

const refused = (why: FileRefusal): ReadFile => ({ kind: 'refused', why });

/** What is needed to verify a file: the reader, our own keys, and those of issuers whom we trust. */
export interface FileChecks {
  readonly issuer: Issuer;
  readonly reader: FileReader;
  readonly others: readonly DidDocument[];
}

/**
 * Verify a certificate of another issuer: its signatures, with keys that were fetched before from an issuer whom this installation
 * trusts. Nothing that a file names is ever fetched. Days are those of the organisation's zone.
 */
export async function readForeignFile(
  file: Uint8Array,
  { issuer, reader, others }: FileChecks,
  { timeZone, now }: { timeZone: string; now: number },
): Promise<ReadFile> {
  await issuer.refresh();
  const examined = await reader({ file, ours: issuer.document, others, now, isFirstLook: true });
  if (examined === null) return refused('busy');
  if (examined.kind !== 'other') return refused(examined.kind === 'unreadable' ? 'unreadable' : 'ours');
  if (examined.state !== 'holds') return refused(examined.state === 'altered' ? 'altered' : 'stranger');
  const { did, claims, sha256 } = examined;
  if (!did || !others.some(({ id }) => id === did)) return refused('stranger');
  if (!claims) return refused('nothing');
  const { awardedAt, validUntil, status, ...said } = claims;
  const facts = {
    ...{ way: 'file' as const, issuer: did, number: null, sha256, ...said },
    issuerName: said.issuerName || did,
    completedOn: dayOf(awardedAt, timeZone),
    lastDay: validUntil === null ? null : dayOf(validUntil, timeZone),
    ...{ statusUrl: status?.url ?? null, statusIndex: status?.index ?? null },
  };
  return { kind: 'read', facts };
}
