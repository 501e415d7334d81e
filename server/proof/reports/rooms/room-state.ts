import type { StoredRoom } from './stored-rooms.js';

/**
 * How a room stands on a day in its organisation's zone: its list is being made, or could not be; it is ready to be opened; open;
 * over, as its day has come; or ended before that.
 */
export type RoomState = 'listing' | 'failed' | 'ready' | 'open' | 'over' | 'ended';

/** The state of a room on a day like "2026-11-29". */
export function roomState(
  {
    endedAt,
    untilDay,
    openedAt,
    fileState,
  }: Pick<StoredRoom, 'endedAt' | 'untilDay' | 'openedAt' | 'fileState'>,
  today: string,
): RoomState {
  if (endedAt !== null) return 'ended';
  if (today >= untilDay) return 'over';
  if (openedAt !== null) return 'open';
  if (fileState === 'ready') return 'ready';
  return fileState === 'failed' || fileState === 'gone' ? 'failed' : 'listing';
}
