import type { Regulation } from '../../../teaching/content/schema/types.js';
import type { Translate } from '../../../platform/i18n/i18n.js';

const UNITS = { D: 'days', M: 'months', Y: 'years' } as const;
const TIMES = { M: 'minutes', H: 'hours' } as const;

/** "P12M" as "12 months", "PT20M" as "20 minutes". */
function durationText(duration: string, t: Translate): string {
  const [, isTime, count = '', unit = ''] = /^P(T?)(\d+)([DMYH])$/.exec(duration) ?? [];
  const name = isTime ? TIMES[unit as keyof typeof TIMES] : UNITS[unit as keyof typeof UNITS];
  return t(`ruleMap.duration.${name}`, { count: Number(count) });
}

/** How long a rule asks that somebody is trained, in minutes; null: it names no length. */
export function leastMinutes({ minimum }: Pick<Regulation, 'minimum'>): number | null {
  const [, count, unit] = /^PT(\d+)([MH])$/.exec(minimum ?? '') ?? [];
  return count === undefined ? null : Number(count) * (unit === 'H' ? 60 : 1);
}

/** So many minutes as "2 hours" or "20 minutes". */
export const lengthText = (minutes: number, t: Translate): string =>
  durationText(minutes % 60 === 0 ? `PT${minutes / 60}H` : `PT${minutes}M`, t);

/** When somebody has to be trained first. */
const firstText = ({ first: { from, within } }: Regulation, t: Translate): string =>
  within === null
    ? from === 'none-in-text' || from === 'initial-training'
      ? t(`ruleMap.firstAlone.${from}`)
      : t('ruleMap.firstFrom', { from: t(`ruleMap.first.${from}`) })
    : t('ruleMap.within', { within: durationText(within, t), from: t(`ruleMap.first.${from}`) });

/** How often it is repeated. */
const renewText = ({ renew: { every, count } }: Regulation, t: Translate): string =>
  every === null
    ? t(`ruleMap.renew.${count}`)
    : t('ruleMap.every', { every: durationText(every, t), how: t(`ruleMap.renew.${count}`) });

/** Which record is kept, and for how long. */
function recordText({ keep, proof }: Regulation, t: Translate): string {
  const what = proof.map(each => t(`ruleMap.proof.${each}`));
  const record = what.length > 0 ? t('ruleMap.records', { what }) : t('ruleMap.noRecord');
  if (keep === null) return record;
  const kept = { duration: durationText(keep.for, t), from: t(`ruleMap.keptFrom.${keep.from}`) };
  return `${record} ${t('ruleMap.keep', kept)}`;
}

/** Rule, place, section: the facts at the head of its page. */
export const ruleFacts = (rule: Regulation, t: Translate) => [
  { label: t('ruleMap.cite'), value: rule.cite },
  { label: t('ruleMap.where'), value: t(`ruleMap.place.${rule.place}`) },
  {
    label: t('ruleMap.kind'),
    value: `${t(`ruleMap.level.${rule.level}`)} · ${t(`ruleMap.force.${rule.force}`)}`,
  },
  { label: t('ruleMap.firstDue'), value: firstText(rule, t) },
  { label: t('ruleMap.renewal'), value: renewText(rule, t) },
  {
    label: t('ruleMap.length'),
    value:
      rule.minimum === null
        ? t('ruleMap.notNamed')
        : t('ruleMap.atLeast', { least: durationText(rule.minimum, t) }),
  },
  { label: t('ruleMap.record'), value: recordText(rule, t) },
  ...(rule.approval === null ? [] : [{ label: t('ruleMap.approvedBy'), value: rule.approval }]),
  ...(rule.penalty === undefined ? [] : [{ label: t('ruleMap.penalty'), value: rule.penalty }]),
];

/** What may be said of the courses; never that anybody approved them, unless somebody did and it is on record. */
export function claimText(
  { claim, title, cite, approval }: Regulation,
  isApproved: boolean,
  t: Translate,
): string {
  if (claim === 'after-approval')
    return t(isApproved ? 'ruleMap.said.approved' : 'ruleMap.said.after-approval', {
      ...{ title, cite },
      approval: approval ?? '',
    });
  return t(`ruleMap.said.${claim}`, { title, cite });
}

/** The same in two words, for a list, and the name of that state. */
export function claimTag({ claim }: Pick<Regulation, 'claim'>, isApproved: boolean, t: Translate) {
  const state = claim === 'after-approval' && isApproved ? 'approved' : claim;
  return { claim: t(`ruleMap.claim.${state}`), state };
}
