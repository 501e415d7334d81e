import { spoken } from '../../../../platform/i18n/spoken.js';
import { organisationHead } from '../../../../people/organisations/organisation-tabs.js';
import { keepsSession, sessionsHome, type OpenSessions } from './open-session.js';
import {
  courseTitles,
  hoursText,
  instructorText,
  sessionState,
  sessionTime,
  type SessionState,
} from './session-values.js';
import { sessionsOf } from './stored-sessions.js';

/** In this order the list has its parts; in each, what comes first is what is nearest. */
const PARTS: readonly { readonly name: string; readonly states: readonly SessionState[] }[] = [
  { name: 'toSign', states: ['running', 'to-sign'] },
  { name: 'planned', states: ['planned'] },
  { name: 'signed', states: ['signed'] },
  { name: 'ended', states: ['cancelled', 'withdrawn'] },
];

/** The classroom sessions that the reader keeps. */
export async function sessionsPage(open: OpenSessions, now: number) {
  const { organisation, actor } = open;
  const home = sessionsHome(organisation.id);
  const titleOf = await courseTitles();
  const kept = (await sessionsOf(organisation.id)).filter(each => keepsSession(open, each));
  const rows = kept.map(session => {
    const state = sessionState(session, organisation.timeZone, now);
    return {
      href: `${home}/${session.id}`,
      title: titleOf(session.courseSlug),
      ...{ state, stateText: spoken(`classroom.state.${state}`) },
      where: [sessionTime(session), session.place].join(' · '),
      who: [
        instructorText(session),
        hoursText(session.minutes),
        spoken('classroom.counts', { listed: session.listed, present: session.present }),
      ].join(' · '),
    };
  });
  const parts = PARTS.map(({ name, states }) => {
    const own = rows.filter(({ state }) => states.includes(state));
    return { title: spoken(`classroom.part.${name}`), rows: name === 'planned' ? own.reverse() : own };
  });
  return {
    organisation: organisationHead(organisation, actor),
    newHref: open.isWhole || open.units.length > 0 ? `${home}/new` : null,
    hoursHref: `${home}/hours`,
    parts: parts.filter(part => part.rows.length > 0),
  };
}
