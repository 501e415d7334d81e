import { displayCode } from '../../../platform/lib/ids.js';
import { certificatesAhead, datedAhead, redate, retryDated } from './redate.js';

/**
 * `certificates redate [--yes]`, at the command line: what a clock that was fast has dated ahead, and with `--yes` the dates are corrected.
 * Returns the exit code: 2 when `--yes` is needed, 1 where something could not be corrected.
 */
export async function runRedate(
  [verb, sure]: string[],
  now: number,
  say: (line: string) => void,
): Promise<number> {
  if (verb !== 'redate' || (sure !== undefined && sure !== '--yes'))
    throw new Error('certificates: use redate, or redate --yes');
  say(`The clock here says ${new Date(now).toISOString()}: continue only if that is right.`);
  const ahead = await datedAhead(now);
  for (const { cycleId, code, isSigned, from, to } of ahead) {
    const what = code === null ? `completion ${cycleId}` : `certificate ${displayCode(code)}`;
    const how = code === null ? '' : isSigned ? ', signed: it is replaced' : ', not signed yet';
    say(`${what}: ${new Date(from).toISOString()} becomes ${new Date(to).toISOString()}${how}`);
  }
  if (ahead.length === 0) say('No certificate has a future date.');
  if (ahead.length === 0 || sure === undefined) return ahead.length === 0 ? 0 : 2;
  for (const each of ahead) await redate(each, now);
  await retryDated(now);
  const left = await certificatesAhead(now);
  say(`${ahead.length - left} corrected and recorded. The server signs them within a minute.`);
  if (left > 0) say(`${left} left as they are, because they are suspended or their record was edited.`);
  return left > 0 ? 1 : 0;
}
