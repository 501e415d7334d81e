import {
  defineTable,
  filled,
  flag,
  id,
  integer,
  key,
  moment,
  nullable,
  text,
} from '../../../platform/db/table.js';

/**
 * A room in which somebody from outside audits: some requirements of an organisation (`requirementIds`, JSON) in some of its
 * units and below (`unitIds`, JSON; null: all), over a period, of which `lastDay` is the last day and the one
 * with whose figures it opens. On `untilDay` the auditor no longer has it. `fileId`: its sealed list
 * (`sealed-list.ts`), `tallies`: how many people stand how in it, by requirement as JSON. `auditorId`: null until the address was proven.
 */
export const AuditorRoom = defineTable('auditor_rooms', {
  id: key(id()),
  organisationId: id(),
  title: text(200),
  email: text(254),
  shows: text<'names' | 'numbers'>(10),
  withScores: filled(flag()),
  requirementIds: text(),
  unitIds: nullable(text()),
  fromDay: text(10),
  lastDay: text(10),
  untilDay: text(10),
  tokenHash: text(64),
  madeBy: id(),
  madeAt: moment(),
  fileId: id(),
  tallies: nullable(text()),
  openedAt: nullable(moment()),
  auditorId: nullable(id()),
  enteredAt: nullable(moment()),
  endedBy: nullable(id()),
  endedAt: nullable(moment()),
});

/** Somebody whom a room shows, by the number that they have in it. Written once, before the room opens. */
export const RoomPerson = defineTable('auditor_room_people', {
  roomId: key(id()),
  number: key(integer()),
  organisationId: id(),
  membershipId: id(),
});

/** What an auditor asks to be shown, about a person of the room or (null) in general, and what was answered. */
export const RoomRequest = defineTable('auditor_room_requests', {
  id: key(id()),
  roomId: id(),
  organisationId: id(),
  number: nullable(integer()),
  asks: text(1000),
  askedBy: id(),
  askedAt: moment(),
  answer: nullable(text(1000)),
  answeredBy: nullable(id()),
  answeredAt: nullable(moment()),
  closedBy: nullable(id()),
  closedAt: nullable(moment()),
});

/** The auditor opened a kind of page on a day, first at `readAt`. `about`: a person's number or a seed with the day that was looked at (`lookedAt`), that day alone, a course, two days, or ''. */
export const RoomReading = defineTable('auditor_room_readings', {
  roomId: key(id()),
  day: key(text(10)),
  page: key(text<'overview' | 'people' | 'sample' | 'person' | 'changes' | 'course' | 'list'>(20)),
  about: key(text(80)),
  organisationId: id(),
  readAt: moment(),
});
