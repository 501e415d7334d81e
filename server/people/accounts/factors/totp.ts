import { Secret, TOTP } from 'otpauth';

/** A code counts for this long (s), as every authenticator app assumes. */
const PERIOD = 30;

/** Clocks may differ by one step: the code before counts, and the one after. */
const SKEW = 1;

/** Codes of six digits by SHA-1 (RFC 6238), the only ones that all apps know. `secret`: base 32. */
const codesOf = (secret: string, named: { label?: string; issuer?: string } = {}): TOTP =>
  new TOTP({ ...named, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: PERIOD });

/** A new secret: 160 bits in base 32, as long as the hash (RFC 4226, section 4). */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** The code of a step. */
export const codeAt = (secret: string, step: number): string =>
  codesOf(secret).generate({ timestamp: step * PERIOD * 1000 });

/** The step at a moment (epoch ms). */
export const stepAt = (now: number): number => TOTP.counter({ period: PERIOD, timestamp: now });

/** The step whose code was typed, spaces or not, at `now` (epoch ms); null where it is none of those that count. */
export function stepOfCode(secret: string, typed: string, now: number): number | null {
  const token = typed.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = codesOf(secret).validate({ token, timestamp: now, window: SKEW });
  return delta === null ? null : stepAt(now) + delta;
}

/** What an authenticator app reads from a QR code. */
export const appAddress = ({
  secret,
  account,
  issuer,
}: {
  secret: string;
  account: string;
  issuer: string;
}): string => codesOf(secret, { label: account, issuer }).toString();
