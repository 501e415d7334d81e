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
} from '../../platform/db/table.js';

/**
 * An organisation's own hotline: for all its people, or (one of `country` and `unitId` is not empty) for those in a country
 * or in a unit and below. Rows are only added; the newest counts. Without a name: it has none any more.
 */
export const OwnHotline = defineTable('own_hotlines', {
  organisationId: key(id()),
  country: key(filled(text(2))),
  unitId: key(filled(text(36))),
  number: key(integer()),
  name: nullable(text(200)),
  phone: nullable(text(30)),
  hours: nullable(text(200)),
  checkedOn: nullable(text(10)),
  actorId: id(),
  createdAt: moment(),
});

/**
 * What an administrator found out about a published hotline. Rows are only added; the newest counts. Without `how`, what
 * was entered before is withdrawn, and the hotline as published counts again. `isOff`: nobody is shown it.
 */
export const HotlineCheck = defineTable('hotline_checks', {
  hotlineId: key(text(60)),
  number: key(integer()),
  phone: nullable(text(30)),
  url: nullable(text(400)),
  hours: nullable(text(200)),
  checkedOn: nullable(text(10)),
  how: nullable(text<'called' | 'source'>(10)),
  source: nullable(text(400)),
  isOff: filled(flag()),
  actorId: id(),
  createdAt: moment(),
});

/** A person's own first call: the first contact at work, the one outside, and the sign that makes them call. Theirs alone. */
export const FirstCall = defineTable('first_calls', {
  userId: key(id()),
  inside: text(200),
  outside: text(200),
  sign: text(200),
  keptAt: moment(),
});
