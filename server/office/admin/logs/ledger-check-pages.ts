import { namedBy, newestChecks, type StoredCheck } from '../../../proof/certificates/ledger/asked-checks.js';
import { formatMoment, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { peopleBehind } from '../people/person.js';

export const CHECKS_HOME = '/admin/log/checks';

/** Checks on the page. */
const MOST = 50;

/** The checks of the ledger that people asked for, newest first. */
export async function checksPage(place: Place) {
  const found = await newestChecks(MOST);
  const people = await peopleBehind([...new Set(found.map(({ askedBy }) => askedBy))]);
  return {
    action: CHECKS_HOME,
    open: found.find(isOpen) ? `${CHECKS_HOME}/${found.find(isOpen)?.id}` : null,
    rows: found.map(check => [
      { text: formatMoment(Number(check.askedAt), place), href: `${CHECKS_HOME}/${check.id}` },
      { text: people.get(check.askedBy)?.name ?? spoken('eventLog.unknown'), isName: true },
      { text: kindText(check) },
      { tag: stateTag(check) },
    ]),
  };
}

const isOpen = ({ state }: StoredCheck): boolean => state === 'asked' || state === 'running';

const kindText = ({ isWhole }: StoredCheck): string =>
  spoken(isWhole ? 'ledgerCheck.whole' : 'ledgerCheck.since');

const KINDS = { asked: null, running: null, proven: 'moss', broken: 'clay', failed: 'clay' } as const;

const stateTag = ({ state }: StoredCheck) => ({
  text: spoken(`ledgerCheck.state.${state}`),
  kind: KINDS[state],
  state,
});

/** One check: how far it is, or what came of it. */
export async function checkPage(check: StoredCheck, place: Place) {
  const { id, state, done, total } = check;
  const by = (await peopleBehind([check.askedBy])).get(check.askedBy)?.name ?? spoken('eventLog.unknown');
  const named = namedBy(check);
  return {
    ...{
      home: CHECKS_HOME,
      page: `${CHECKS_HOME}/${id}`,
      state,
      tag: stateTag(check),
      isOpen: isOpen(check),
    },
    ...{ done, total: Math.max(1, total) },
    progress: spoken('ledgerCheck.progress', { done, total }),
    facts: factsOf(check, by, place),
    counted: countedIn(check),
    more: Math.max(0, (check.faults ?? 0) - named.length),
    rows: named.map(({ table, row, problem }) => [
      { text: row, isName: true, code: true },
      { text: table, isName: true, code: true },
      { text: problem, isName: true },
    ]),
  };
}

function factsOf(check: StoredCheck, by: string, place: Place) {
  const fact = (name: FactName, value: string) => ({ label: spoken(`ledgerCheck.fact.${name}`), value });
  const { askedAt, finishedAt, since, upTo, state } = check;
  const head = (number: number) => spoken('ledgerCheck.head', { number });
  const asked = [
    fact('asked', formatMoment(Number(askedAt), place)),
    fact('by', by),
    fact('kind', kindText(check)),
  ];
  if (finishedAt === null) return asked;
  const ended = [...asked, fact('ended', formatMoment(Number(finishedAt), place))];
  if (state === 'failed') return ended;
  return [
    ...ended,
    fact('from', since === null ? spoken('ledgerCheck.beginning') : head(since)),
    fact('to', upTo === null ? spoken('ledgerCheck.noHead') : head(upTo)),
  ];
}

type FactName = 'asked' | 'by' | 'kind' | 'ended' | 'from' | 'to';

/** How many rows of which table it looked at. */
const countedIn = ({ counted }: StoredCheck): string | null =>
  counted === null
    ? null
    : Object.entries(JSON.parse(counted) as Record<string, number>)
        .map(([table, count]) => `${table} ${count}`)
        .join(', ');
