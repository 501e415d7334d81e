import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize';

/** A person takes a course in an organisation: once, for good. */
export class Enrolment extends Model<InferAttributes<Enrolment>, InferCreationAttributes<Enrolment>> {
  declare id: string;
  declare organisationId: string;
  declare userId: string;
  declare courseSlug: string;
  declare createdAt: number;
}

/** One round of an enrolment, from the first page to a certificate. Renewal opens the next; none is reset. */
export class Cycle extends Model<InferAttributes<Cycle>, InferCreationAttributes<Cycle>> {
  declare id: string;
  declare enrolmentId: string;
  declare organisationId: string;
  declare userId: string;
  declare courseVersionId: string;
  declare number: number;
  declare openedAt: number;
  declare completedAt: CreationOptional<number | null>;
}

export function defineLearning(sequelize: Sequelize): void {
  Enrolment.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      organisationId: DataTypes.STRING(36),
      userId: DataTypes.STRING(36),
      courseSlug: DataTypes.STRING(80),
      createdAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'enrolments' },
  );
  Cycle.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      enrolmentId: DataTypes.STRING(36),
      organisationId: DataTypes.STRING(36),
      userId: DataTypes.STRING(36),
      courseVersionId: DataTypes.STRING(36),
      number: DataTypes.INTEGER,
      openedAt: DataTypes.BIGINT,
      completedAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'cycles' },
  );
}
