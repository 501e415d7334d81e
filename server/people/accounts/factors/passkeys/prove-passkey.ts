import { counterSignedBy, madeBy, readPasskeyAnswer, type PasskeySite } from './ceremonies.js';
import { takeChallenge } from './challenges.js';
import { countUse, passkeyNamed, type MadePasskey } from './passkeys.js';

/** An answer to the last challenge of a holder. */
export interface PasskeyAnswer {
  /** JSON, as the browser sent it. */
  readonly answer: string;
  readonly holder: string;
  readonly site: PasskeySite;
  readonly now: number;
}

/** Whose passkey answered, which proves both of their factors; null where the answer is refused. A challenge is answered once. */
export async function personOfPasskey({ answer, holder, site, now }: PasskeyAnswer): Promise<string | null> {
  const challenge = await takeChallenge(holder, now);
  const read = readPasskeyAnswer(answer);
  const passkey = read && (await passkeyNamed(read.id));
  if (challenge === null || !passkey) return null;
  const counter = await counterSignedBy(passkey, read, { challenge, site });
  if (counter === null || !(await countUse(passkey, { counter, now }))) return null;
  return passkey.userId;
}

/** The passkey that was made for a challenge; null where the answer is refused. */
export async function passkeyMade({ answer, holder, site, now }: PasskeyAnswer): Promise<MadePasskey | null> {
  const challenge = await takeChallenge(holder, now);
  return challenge !== null && readPasskeyAnswer(answer) ? madeBy(answer, { challenge, site }) : null;
}
