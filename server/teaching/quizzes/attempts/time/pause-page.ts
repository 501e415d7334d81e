import { formatTime } from '../../../../platform/i18n/i18n.js';
import type { AttemptFacts } from '../attempts.js';
import { endOfTime, pauseEnd, pauseLeft } from '../limits.js';
import type { PageWords } from '../start/start-notices.js';
import { attemptAddresses } from '../question-page.js';
import { timeAfterPause } from './time-texts.js';

const MINUTE = 60_000;

/** The values of the page of a pause, at `now` (epoch ms). */
export function pauseValues(attempt: AttemptFacts, now: number, { place, t }: PageWords) {
  const { pause, resumption } = attemptAddresses(attempt.id);
  const end = pauseEnd(attempt, now);
  const minutes = Math.floor(pauseLeft(attempt, now) / MINUTE);
  return {
    state: stateOf(attempt, end, minutes),
    minutes,
    until: end && formatTime(end, place),
    time: end === null ? null : timeAfterPause(endOfTime(attempt, now), now, t),
    pause,
    resumption,
  };
}

function stateOf({ deadlineAt }: AttemptFacts, end: number | null, minutes: number) {
  if (deadlineAt === null) return 'no-clock';
  if (end !== null) return 'on';
  return minutes > 0 ? 'off' : 'used-up';
}
