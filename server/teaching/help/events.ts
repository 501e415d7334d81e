import { event, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of hotlines. */
export const helpEvents = {
  /** For all people of the organisation, or (one is not '') those in a country or a unit. */
  'reporting-line.set': event<{ number: number; isRemoved: boolean; country: string; unitId: string }>(
    'organisations',
  ),
  'public-line.checked': event<{
    lineId: string;
    number: number;
    how: 'called' | 'source' | 'taken-back' | 'switched-off';
  }>('courses'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof helpEvents> {}
}
