import { z } from 'zod';
import { parsed } from './recorded-events.js';

const Place = z.object({ seq: z.number(), hash: z.string() });

/** Of the audit log: the root over the ends of all chains, or the end of the one chain there once was. */
const Vouched = z.union([z.object({ chains: z.number(), root: z.string() }), Place]);

const Head = z.object({
  ledger: Place,
  audit: Vouched,
  statusLists: z.array(z.object({ list: z.number(), number: z.number(), sha256: z.string() })),
  keyLog: z.object({ seq: z.number(), sha256: z.string() }).nullable(),
});

/** What a signed head names. */
export type HeadDocument = z.infer<typeof Head>;

/** The text of a head as what it names; null where it cannot be read. */
export const readHead = (content: string): HeadDocument | null =>
  Head.safeParse(parsed(content)).data ?? null;
