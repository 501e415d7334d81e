import type { Reactions } from '../events/choreography.js';
import type { RecordedEvent } from '../events/event-payloads.js';
import { inLanguageOf } from '../organisations/languages.js';
import type { ReactionDeps } from './reaction-deps.js';

/** A reaction, to whatever event. */
type React = (event: RecordedEvent) => Promise<unknown>;

/** Each of these mails is written in the language of the organisation that it is about, or else of the person. */
export function inTheirLanguage<R extends Partial<Reactions>>(mails: R, { config }: ReactionDeps): R {
  const all = Object.entries(mails) as [string, React][];
  const speaking = all.map(([name, react]) => [
    name,
    (event: RecordedEvent) => inLanguageOf(addressedBy(event), config, () => react(event)),
  ]);
  return Object.fromEntries(speaking) as R;
}

const addressedBy = ({ organisationId, payload }: RecordedEvent) => ({
  organisationId,
  userId: 'userId' in payload ? payload.userId : null,
});
