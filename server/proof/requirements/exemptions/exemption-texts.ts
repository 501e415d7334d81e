import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { daysAfter } from '../../../platform/lib/days.js';
import { dayWords } from '../../../people/organisations/day-words.js';

/** An exemption as every page and list says it. */
export interface ShownExemption {
  readonly kind: 'waiver' | 'extension';
  readonly reason: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly dueDay: string | null;
  readonly isSoleDecider: boolean | 0 | 1;
}

/** "Exempt from 1 March 2027 to 31 May 2027: works without contact with people": what, until when and the class of reason. */
export function exemptionText({ kind, reason, fromDay, toDay, dueDay }: ShownExemption): string {
  const days = {
    from: dayWords(fromDay),
    to: dayWords(daysAfter(toDay, -1)),
    due: dueDay === null ? '' : dayWords(dueDay),
  };
  return spoken(`exemptions.said.${kind}`, { ...days, reason: spoken(`exemptions.reason.${reason}`) });
}

/** "By Dina Aziz on 28 November 2026", and that nobody else could have decided. */
export function decidedText(
  {
    actorName,
    recordedAt,
    isSoleDecider,
  }: { actorName: string | null; recordedAt: number; isSoleDecider?: boolean | 0 | 1 },
  timeZone: string,
): string {
  const on = formatDate(recordedAt, hereIn(timeZone));
  const by =
    actorName === null
      ? spoken('requirements.bySystem', { on })
      : spoken('requirements.byWhom', { name: actorName, on });
  return isSoleDecider ? spoken('exemptions.soleDecider', { by }) : by;
}
