import { createHmac } from 'node:crypto';

/** A network as it is stored: nobody learns the address, and the same network is known again. */
export const networkHash = (network: string, key: Buffer): string =>
  createHmac('sha256', key).update(network).digest('base64url');
