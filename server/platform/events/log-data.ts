import { personal, type PersonalTable } from '../db/personal-data.js';
import { Event } from './tables.js';

/** What this slice holds of a person: what they did. Payloads hold numbers and codes, never names, addresses or answers. */
export const logData: readonly PersonalTable[] = [
  personal(
    Event,
    { account: 'actorId' },
    {
      exported: { as: 'log', without: ['actorId', 'previousHash'] },
      erased: { do: 'verb', stays: 'decisions' },
    },
  ),
];
