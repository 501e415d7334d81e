import { formatMoment, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { mailLog, MAIL_STATES, type MailFilter } from '../../../people/mails/mail-log.js';
import { noticeKinds } from '../../../people/mails/notices.js';
import { organisationsNamed } from '../../../people/organisations/memberships.js';
import { peopleBehind } from '../people/person.js';
import { pageOfList } from '../../../platform/lib/lists/page-of-list.js';

/** Rows on one page. */
const PAGE = 50;

/** What was mailed to whom, newest first, after the mail with the id `after`. The texts of mails are kept nowhere. */
export async function mailLogPage(filter: MailFilter, after: string | null, place: Place) {
  const { shown, last } = await pageOfList(PAGE, limit => mailLog(filter, { limit, after }));
  const people = await peopleBehind([...new Set(shown.map(({ userId }) => userId))]);
  const named = await organisationsNamed([
    ...new Set(shown.flatMap(({ organisationId }) => organisationId ?? [])),
  ]);
  const names = new Map(named.map(({ id, name }) => [id, name]));
  const moment = (ms: number) => formatMoment(Number(ms), place);
  const query = new URLSearchParams({ ...filter, after: last?.id ?? '' });
  return {
    selects: selectsFor(filter),
    isFiltered: filter.kind !== '' || filter.state !== '',
    next: last ? `/admin/mails?${query.toString()}` : null,
    rows: shown.map(({ kind, state, userId, organisationId, createdAt, sentAt }) => [
      { text: moment(createdAt) },
      { text: spoken(`mailLog.kind.${kind}`) },
      { text: people.get(userId)?.name ?? spoken('eventLog.unknown'), href: `/admin/people/${userId}` },
      { text: organisationId === null ? '' : (names.get(organisationId) ?? ''), isName: true },
      {
        text:
          state === 'sent' && sentAt !== null
            ? spoken('mailLog.sentAt', { moment: moment(sentAt) })
            : spoken(`mailLog.states.${state}`),
      },
    ]),
  };
}

function selectsFor({ kind, state }: MailFilter) {
  const all = spoken('jobs.all');
  return [
    {
      ...{ id: 'kind', name: 'kind', label: spoken('jobs.kind'), value: kind, blank: all },
      options: noticeKinds().map(value => ({ value, label: spoken(`mailLog.kind.${value}`) })),
    },
    {
      ...{ id: 'state', name: 'state', label: spoken('jobs.state'), value: state, blank: all },
      options: MAIL_STATES.map(value => ({ value, label: spoken(`mailLog.states.${value}`) })),
    },
  ];
}
