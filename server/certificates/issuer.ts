import type { Config } from '../config.js';
import { database } from '../db/connect.js';
import { rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import { IssuerKeyRow } from './models.js';
import { didDocument, issuerDid, type DidDocument } from './vc/did.js';
import { createSigner, generateIssuerKey, openPrivateKey, sealPrivateKey, type Signer } from './vc/keys.js';
import { documentLoader, type DocumentLoader } from './vc/loader.js';

/** This installation as an issuer: what signs, and what others check signatures with. */
export interface Issuer {
  readonly did: string;
  readonly baseUrl: string;
  readonly name: string;
  readonly keyId: string;
  readonly signer: Signer;
  readonly document: DidDocument;
  readonly loader: DocumentLoader;
}

/**
 * Open the signing key, making one on first run. Two processes that start together end with the same key.
 * Throws `SealedKeyError` when the installation's secret is not the one the key was sealed with.
 */
export async function openIssuer(config: Config, sealKey: Buffer, now: number): Promise<Issuer> {
  await ensureKey(sealKey, now);
  const keys = await rows<{
    id: string;
    sealed: string;
    compromisedAt: number | null;
    retiredAt: number | null;
  }>(
    `select id, sealed_private_key as sealed, compromised_at as "compromisedAt", retired_at as "retiredAt"
     from issuer_keys order by created_at, id`,
  );
  const active = keys.findLast(key => key.compromisedAt === null && key.retiredAt === null);
  if (!active) throw new Error('No signing key is active');
  const did = issuerDid(config.baseUrl);
  const document = didDocument({
    baseUrl: config.baseUrl,
    keys: keys.map(({ id, compromisedAt }) => ({ publicKeyMultibase: id, compromisedAt })),
  });
  return {
    did,
    document,
    baseUrl: config.baseUrl,
    name: config.issuerName,
    keyId: active.id,
    signer: createSigner(did, openPrivateKey(active.sealed, sealKey)),
    loader: documentLoader(),
  };
}

async function ensureKey(sealKey: Buffer, now: number): Promise<void> {
  const fresh = await generateIssuerKey();
  await inTransaction(async () => {
    if (database().dialect === 'postgres') await rows('select pg_advisory_xact_lock(7201126)');
    if ((await IssuerKeyRow.count()) > 0) return;
    await IssuerKeyRow.create({
      id: fresh.keyId,
      sealedPrivateKey: sealPrivateKey(fresh, sealKey),
      createdAt: now,
      activatedAt: now,
    });
    await record('issuer-key.created', { keyId: fresh.keyId }, { actorId: null, organisationId: null, now });
  });
}
