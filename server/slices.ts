import { door as accounts } from './accounts/slice.js';
import { door as admin } from './admin/slice.js';
import { door as apiTokens } from './api-tokens/slice.js';
import { door as backup } from './backup/slice.js';
import { door as certificates } from './certificates/slice.js';
import { door as content } from './content/slice.js';
import { door as courses } from './courses/slice.js';
import { door as design } from './design/slice.js';
import { door as doctor } from './doctor/slice.js';
import { door as exhibits } from './exhibits/slice.js';
import { door as events } from './events/slice.js';
import { door as followUp } from './follow-up/slice.js';
import { door as help } from './help/slice.js';
import { door as http } from './http/slice.js';
import { door as identity } from './identity/slice.js';
import { door as language } from './language/slice.js';
import { door as learning } from './learning/slice.js';
import { door as management } from './management/slice.js';
import { door as merging } from './merging/slice.js';
import { door as mails } from './mails/slice.js';
import { door as reminders } from './reminders/slice.js';
import { door as openBadges } from './open-badges/slice.js';
import { door as organisations } from './organisations/slice.js';
import { door as privacy } from './privacy/slice.js';
import { door as provisioning } from './provisioning/slice.js';
import { door as questions } from './questions/slice.js';
import { door as quizzes } from './quizzes/slice.js';
import { door as reports } from './reports/slice.js';
import { door as requirements } from './requirements/slice.js';
import { door as smoke } from './smoke/slice.js';
import { door as sums } from './sums/slice.js';
import { door as contentCheck } from './workshop/content-check/slice.js';
import { door as bots } from './workshop/bots/slice.js';
import { door as points } from './workshop/points/slice.js';
import { door as exchange } from './workshop/exchange/slice.js';
import { installPersonalData } from './db/personal-data.js';
import type { Door } from './door.js';
import { installReactions } from './events/choreography.js';
import { installEvents } from './events/declared-events.js';

/** Every slice, in the order in which they may know each other: from left to right. */
export const slices: readonly Door[] = [
  events,
  sums,
  http,
  accounts,
  organisations,
  identity,
  apiTokens,
  provisioning,
  mails,
  exhibits,
  questions,
  content,
  help,
  courses,
  learning,
  quizzes,
  followUp,
  openBadges,
  certificates,
  requirements,
  reminders,
  reports,
  privacy,
  merging,
  management,
  admin,
  language,
  contentCheck,
  bots,
  points,
  exchange,
  design,
  backup,
  doctor,
  smoke,
];

installEvents(slices.flatMap(({ events }) => (events ? [events] : [])));
installReactions(slices.flatMap(({ reactions }) => (reactions ? [reactions] : [])));
installPersonalData(slices.flatMap(({ personal }) => personal ?? []));
