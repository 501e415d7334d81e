import { formatDate, formatMoment, type Place, type Translate } from '../../../../platform/i18n/i18n.js';
import { sealedPath, type StoredFile } from '../../sealed/sealed-files.js';
import type { PackTopic } from './pack-scope.js';
import type { Difference } from './since-then.js';

/** What has changed since a pack was made, in words, and whom it concerns. */
export function sinceValues(
  file: StoredFile,
  { organisation, period, names, requirements }: PackTopic,
  { differences, t, place }: { differences: readonly Difference[]; t: Translate; place: Place },
) {
  const dayText = (day: string) => formatDate(Date.parse(day), { ...place, timeZone: 'UTC' });
  return {
    back: sealedPath(file),
    made: formatMoment(Number(file.knownAt), place),
    period: t('evidence.since.period', { from: dayText(period.from), to: dayText(period.to) }),
    again: {
      action: `/organisations/${organisation.id}/evidence/packs`,
      fields: fieldsOf(file, period, names ? 'names' : 'numbers'),
    },
    isEmpty: requirements.length === 0,
    differences: differences.map(({ kind, count, people }) => ({
      kind,
      text: t(`evidence.since.kind.${kind}`, { count }),
      people: people.map(({ membershipId, name }) => ({
        name: name ?? membershipId,
        href: `/organisations/${organisation.id}/people/${membershipId}`,
      })),
      more: count > people.length && people.length > 0,
    })),
  };
}

/** The form of a pack, filled in as before. */
function fieldsOf({ params }: StoredFile, { from, to }: { from: string; to: string }, people: string) {
  const { requirementIds } = JSON.parse(params) as { requirementIds: readonly string[] };
  return [
    ...partsOf('from', from),
    ...partsOf('to', to),
    { name: 'people', value: people },
    ...requirementIds.map(value => ({ name: 'requirement', value })),
  ];
}

const partsOf = (name: string, day: string) => {
  const [year = '', month = '', date = ''] = day.split('-');
  return [
    { name: `${name}-day`, value: date },
    { name: `${name}-month`, value: month },
    { name: `${name}-year`, value: year },
  ];
};
