import { certificatesAhead } from '../../proof/certificates/lifecycle/redate.js';
import { latestFutureEvent } from '../../platform/events/routines/clock.js';
import { clockHold, lastJump } from '../../platform/events/routines/clock-hold.js';
import { spoken } from '../../platform/i18n/spoken.js';
import type { Warning, WarningContext } from './warning-source.js';
import { momentIn } from './work-warnings.js';

/** For so long an administrator is told of a jump (ms). */
const TOLD_FOR = 86_400_000;

/** What carries a date waits in this process; or the clock jumped within a day, and somebody has to look whether it is right. */
export async function clockHeld({ config, now }: WarningContext): Promise<Warning[]> {
  const hold = clockHold();
  if (hold) {
    const at = (moment: number) => momentIn(config, moment);
    const times = { found: at(hold.found), expected: at(hold.expected), until: at(hold.until) };
    const text = spoken(`admin.warnings.clockHeld.${hold.why}`, times);
    return [{ key: 'clock-held', text, more: [spoken('admin.warnings.clockHeldMore')] }];
  }
  const jump = await lastJump();
  if (jump === null || Math.abs(now - jump.recordedAt) > TOLD_FOR) return [];
  const times = { from: momentIn(config, jump.from), to: momentIn(config, jump.to) };
  const more = [spoken('admin.warnings.clockJumpedMore')];
  return [{ key: 'clock-jumped', text: spoken('admin.warnings.clockJumped', times), more }];
}

/** An event lies in the future: the clock was fast when it was written, or is slow now. Lasts until that time has come. */
export async function doubtfulClock({ config, now }: WarningContext): Promise<Warning[]> {
  const latest = await latestFutureEvent(now);
  if (latest === null) return [];
  const times = { now: momentIn(config, now), latest: momentIn(config, latest) };
  const count = await certificatesAhead(now);
  const more = [
    spoken('admin.warnings.clockMore'),
    ...(count > 0 ? [spoken('admin.warnings.certificatesAhead', { count })] : []),
  ];
  return [{ key: 'clock', text: spoken('admin.warnings.clock', times), more }];
}
