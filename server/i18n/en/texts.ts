import accounts from './accounts/accounts.json' with { type: 'json' };
import acknowledgements from './acknowledgements.json' with { type: 'json' };
import activity from './accounts/activity.json' with { type: 'json' };
import administration from './administration.json' with { type: 'json' };
import apiTokens from './api-tokens.json' with { type: 'json' };
import certificates from './certificates/certificates.json' with { type: 'json' };
import classroom from './classroom.json' with { type: 'json' };
import courses from './courses.json' with { type: 'json' };
import design from './design.json' with { type: 'json' };
import evidence from './reports/evidence.json' with { type: 'json' };
import elsewhere from './certificates/elsewhere.json' with { type: 'json' };
import exhibits from './exhibits.json' with { type: 'json' };
import factors from './accounts/factors.json' with { type: 'json' };
import followUp from './follow-up.json' with { type: 'json' };
import frame from './frame.json' with { type: 'json' };
import help from './help.json' with { type: 'json' };
import identity from './identity.json' with { type: 'json' };
import joining from './organisations/joining.json' with { type: 'json' };
import learning from './learning.json' with { type: 'json' };
import logs from './logs.json' with { type: 'json' };
import merging from './merging.json' with { type: 'json' };
import notifications from './notifications.json' with { type: 'json' };
import organisationRoles from './organisations/organisation-roles.json' with { type: 'json' };
import organisations from './organisations/organisations.json' with { type: 'json' };
import privacy from './privacy.json' with { type: 'json' };
import provisioning from './provisioning.json' with { type: 'json' };
import questions from './questions.json' with { type: 'json' };
import quizAdministration from './quiz-administration.json' with { type: 'json' };
import quizzes from './quizzes.json' with { type: 'json' };
import units from './organisations/units.json' with { type: 'json' };
import requirements from './requirements.json' with { type: 'json' };
import reports from './reports/reports.json' with { type: 'json' };
import ruleReports from './reports/rule-reports.json' with { type: 'json' };
import ruleMap from './reports/rule-map.json' with { type: 'json' };
import rooms from './reports/rooms.json' with { type: 'json' };
import roster from './organisations/roster.json' with { type: 'json' };
import verification from './certificates/verification.json' with { type: 'json' };

/** Every text in English, by slice. No two files have a key of the first level in common: a test holds that. */
export const en = {
  ...accounts,
  ...acknowledgements,
  ...activity,
  ...administration,
  ...apiTokens,
  ...certificates,
  ...classroom,
  ...courses,
  ...design,
  ...evidence,
  ...elsewhere,
  ...exhibits,
  ...factors,
  ...followUp,
  ...frame,
  ...help,
  ...identity,
  ...joining,
  ...learning,
  ...logs,
  ...merging,
  ...notifications,
  ...organisationRoles,
  ...organisations,
  ...privacy,
  ...provisioning,
  ...questions,
  ...quizAdministration,
  ...quizzes,
  ...units,
  ...requirements,
  ...reports,
  ...rooms,
  ...roster,
  ...ruleMap,
  ...ruleReports,
  ...verification,
};
