import { event, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of tokens of programs. */
export const apiTokenEvents = {
  /** What a program of the organisation proves itself with. `expiresAt`: epoch ms. */
  'api-token.made': event<{ tokenId: string; scopes: string[]; expiresAt: number }>('roles'),
  'api-token.ended': event<{ tokenId: string }>('roles'),
  /** It ends by itself soon: those who need it are told. */
  'api-token.ending': event<{ tokenId: string; expiresAt: number }>('operation'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof apiTokenEvents> {}
}
