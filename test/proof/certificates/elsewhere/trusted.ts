import { keepTrusted } from '../../../../server/proof/certificates/verification/trusted-issuers.js';
import type { AwardFacts } from '../../../../server/proof/open-badges/credential.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { issue, keyFrom, trusting } from '../../open-badges/sample.js';
import { world } from '../../../support/world.js';

const DOMAIN = 'training.example';

/** Puts the document of the other issuer, whom this installation trusts, into its data folder. */
export async function trustAnother(): Promise<void> {
  keepTrusted(world().config.dataDir, DOMAIN, JSON.stringify(trusting(await keyFrom('issuer'))));
}

/** A certificate that the other issuer signed, each time another one. */
export const foreignText = async (changes: Partial<AwardFacts> = {}): Promise<string> =>
  (await issue(await keyFrom('issuer'), { credentialId: newId(), ...changes })).text;
