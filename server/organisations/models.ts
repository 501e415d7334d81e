import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize';

/** Who trains people: an employer, an academy, a charity, or this installation's own open organisation. */
export class Organisation extends Model<
  InferAttributes<Organisation>,
  InferCreationAttributes<Organisation>
> {
  declare id: string;
  declare slug: string;
  declare name: string;
  declare kind: 'open' | 'customer';
  /** Decides what "due on the 31st" means for its people. */
  declare timeZone: string;
  declare createdAt: number;
}

/** A person's place in an organisation, from a day to a day. One person may hold several. */
export class Membership extends Model<InferAttributes<Membership>, InferCreationAttributes<Membership>> {
  declare id: string;
  declare organisationId: string;
  declare userId: string;
  declare role: 'learner' | 'manager' | 'auditor';
  declare createdAt: number;
  declare endedAt: CreationOptional<number | null>;
}

/** That a person turned a kind of optional mail off, or on again, in an organisation. No row: it is on. */
export class MailChoice extends Model<InferAttributes<MailChoice>, InferCreationAttributes<MailChoice>> {
  declare mail: 'refreshers' | 'reminders';
  declare organisationId: string;
  declare userId: string;
  declare turnedOffAt: CreationOptional<number | null>;
  declare changedAt: number;
}

export function defineOrganisations(sequelize: Sequelize): void {
  Organisation.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      slug: DataTypes.STRING(80),
      name: DataTypes.STRING(200),
      kind: DataTypes.STRING(20),
      timeZone: DataTypes.STRING(60),
      createdAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'organisations' },
  );
  Membership.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      organisationId: DataTypes.STRING(36),
      userId: DataTypes.STRING(36),
      role: DataTypes.STRING(20),
      createdAt: DataTypes.BIGINT,
      endedAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'memberships' },
  );
  MailChoice.init(
    {
      mail: { type: DataTypes.STRING(20), primaryKey: true },
      organisationId: { type: DataTypes.STRING(36), primaryKey: true },
      userId: { type: DataTypes.STRING(36), primaryKey: true },
      turnedOffAt: DataTypes.BIGINT,
      changedAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'mail_choices' },
  );
}
