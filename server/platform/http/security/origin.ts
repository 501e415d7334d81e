import type { Request } from 'express';

/** Scheme, host and port of an address, for example `https://training.example.org`; null for what is no address. */
export function originOf(address: string | undefined): string | null {
  return address && URL.canParse(address) ? new URL(address).origin : null;
}

/** The origin under which this request reached us. */
export const ownOrigin = (req: Request): string => `${req.protocol}://${req.headers.host}`;
