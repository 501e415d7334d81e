import { createHmac, timingSafeEqual } from 'node:crypto';

/** A code counts for this long (ms), as every authenticator app assumes. */
const STEP = 30_000;

/** Clocks may differ by one step: the code before counts, and the one after. */
const SKEW = 1;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes in base 32 (RFC 4648) without padding, as authenticator apps take a secret. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, byte => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map(five => LETTERS[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function bytesOf(secret: string): Buffer {
  const bits = [...secret].map(letter => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(eight => parseInt(eight, 2)));
}

/** The code of a step (RFC 6238 with SHA-1 and six digits, RFC 4226 section 5.3). `secret`: base 32. */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const number = mac.readUInt32BE(mac.readUInt8(19) & 15) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** The step at a moment (epoch ms). */
export const stepAt = (now: number): number => Math.floor(now / STEP);

/** The step whose code was typed, spaces or not, at `now` (epoch ms); null where it is none of those that count. */
export function stepOfCode(secret: string, typed: string, now: number): number | null {
  const code = Buffer.from(typed.replace(/\s/g, ''));
  if (code.length !== 6) return null;
  const steps = Array.from({ length: 2 * SKEW + 1 }, (_, at) => stepAt(now) - SKEW + at);
  return steps.find(step => timingSafeEqual(Buffer.from(codeAt(secret, step)), code)) ?? null;
}

/** What an authenticator app reads from a QR code (Google's "Key URI format", which all apps follow). */
export const appAddress = ({
  secret,
  account,
  issuer,
}: {
  secret: string;
  account: string;
  issuer: string;
}) =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
