export const name = '202611280918-order-events-by-time';

/** Finds events that lie in the future, as a clock that was ahead leaves them, without reading the log. */
export const up = ['create index events_time on events (created_at)'];

export const down = ['drop index events_time'];
