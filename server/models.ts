import { defineAccounts, Token, User } from './accounts/models.js';
import {
  Certificate,
  defineCertificates,
  IssuerKeyRow,
  Revocation,
  Supersession,
  Suspension,
} from './certificates/models.js';
import { defineCourses } from './courses/models.js';
import { connect, type Database } from './db/connect.js';
import { defineEvents } from './events/models.js';
import { defineFollowUp, Measurement, MeasurementAnswer } from './follow-up/models.js';
import { Cycle, defineLearning, Enrolment } from './learning/models.js';
import { defineNotifications, MailRow } from './notifications/models.js';
import { defineOrganisations, MailChoice, Membership, Organisation } from './organisations/models.js';
import { Attempt, AttemptAnswer, defineQuizzes } from './quizzes/models.js';

/** Open the database and draw the whole model: every table, every association. */
export async function openDatabase(url: string): Promise<Database> {
  const database = await connect(url);
  const { sequelize } = database;
  defineAccounts(sequelize);
  defineOrganisations(sequelize);
  defineEvents(sequelize);
  defineCourses(sequelize);
  defineLearning(sequelize);
  defineQuizzes(sequelize);
  defineFollowUp(sequelize);
  defineCertificates(sequelize);
  defineNotifications(sequelize);
  associate();
  return database;
}

function associate(): void {
  User.hasMany(Token, { foreignKey: 'userId' });
  User.hasMany(Membership, { foreignKey: 'userId' });
  User.hasMany(MailRow, { foreignKey: 'userId' });
  Organisation.hasMany(Membership, { foreignKey: 'organisationId' });
  User.hasMany(Enrolment, { foreignKey: 'userId' });
  Enrolment.hasMany(Cycle, { foreignKey: 'enrolmentId' });
  Cycle.hasMany(Attempt, { foreignKey: 'cycleId' });
  Attempt.hasMany(AttemptAnswer, { foreignKey: 'attemptId' });
  Cycle.hasMany(Measurement, { foreignKey: 'cycleId' });
  Measurement.hasMany(MeasurementAnswer, { foreignKey: 'measurementId' });
  User.hasMany(MailChoice, { foreignKey: 'userId' });
  Cycle.hasMany(Certificate, { foreignKey: 'cycleId' });
  IssuerKeyRow.hasMany(Certificate, { foreignKey: 'keyId' });
  Certificate.hasOne(Revocation, { foreignKey: 'certificateId' });
  Certificate.hasOne(Suspension, { foreignKey: 'certificateId' });
  Certificate.hasOne(Supersession, { foreignKey: 'certificateId' });
}
