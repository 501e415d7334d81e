import { door as accounts } from './people/accounts/slice.js';
import { door as admin } from './office/admin/slice.js';
import { door as apiTokens } from './people/api-tokens/slice.js';
import { door as backup } from './workshop/backup/slice.js';
import { door as certificates } from './proof/certificates/slice.js';
import { door as content } from './teaching/content/slice.js';
import { door as courses } from './teaching/courses/slice.js';
import { door as design } from './workshop/design/slice.js';
import { door as doctor } from './workshop/doctor/slice.js';
import { door as exhibits } from './teaching/exhibits/slice.js';
import { door as events } from './platform/events/slice.js';
import { door as followUp } from './teaching/follow-up/slice.js';
import { door as help } from './teaching/help/slice.js';
import { door as http } from './platform/http/slice.js';
import { door as identity } from './people/identity/slice.js';
import { door as language } from './workshop/language/slice.js';
import { door as learning } from './teaching/learning/slice.js';
import { door as management } from './office/management/slice.js';
import { door as merging } from './office/merging/slice.js';
import { door as mails } from './people/mails/slice.js';
import { door as reminders } from './proof/reminders/slice.js';
import { door as openBadges } from './proof/open-badges/slice.js';
import { door as organisations } from './people/organisations/slice.js';
import { door as privacy } from './office/privacy/slice.js';
import { door as provisioning } from './people/provisioning/slice.js';
import { door as questions } from './teaching/questions/slice.js';
import { door as quizzes } from './teaching/quizzes/slice.js';
import { door as reports } from './proof/reports/slice.js';
import { door as requirements } from './proof/requirements/slice.js';
import { door as smoke } from './workshop/smoke/slice.js';
import { door as sums } from './platform/sums/slice.js';
import { door as contentCheck } from './workshop/content-check/slice.js';
import { door as bots } from './workshop/bots/slice.js';
import { door as points } from './workshop/points/slice.js';
import { door as exchange } from './workshop/exchange/slice.js';
import { installPersonalData } from './platform/db/personal-data.js';
import type { Door } from './door.js';
import { installReactions } from './platform/events/choreography.js';
import { installEvents } from './platform/events/declared-events.js';

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
