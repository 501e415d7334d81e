import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize';
import type { Kind } from './kinds.js';

/** One short form beside the quizzes of a round. It is no attempt: no pass, no lock and no item statistics see it. */
export class Measurement extends Model<InferAttributes<Measurement>, InferCreationAttributes<Measurement>> {
  declare id: string;
  declare organisationId: string;
  declare userId: string;
  declare cycleId: string;
  declare courseVersionId: string;
  declare kind: Kind;
  /** JSON: which items, in which order, with options in which order. */
  declare form: string;
  /** Of a refresher: its day. */
  declare dueAt: CreationOptional<number | null>;
  /** Of a refresher: when its mail was asked for. */
  declare announcedAt: CreationOptional<number | null>;
  declare startedAt: CreationOptional<number | null>;
  declare finishedAt: CreationOptional<number | null>;
  declare skippedAt: CreationOptional<number | null>;
}

/** The answer to one slot, the first one that was given. Module and objective are written down so that SQL can count by them. */
export class MeasurementAnswer extends Model<
  InferAttributes<MeasurementAnswer>,
  InferCreationAttributes<MeasurementAnswer>
> {
  declare measurementId: string;
  declare organisationId: string;
  declare slot: number;
  declare itemId: string;
  declare module: string;
  declare objective: string;
  declare response: string;
  declare points: number;
  declare answeredAt: number;
}

export function defineFollowUp(sequelize: Sequelize): void {
  Measurement.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      organisationId: DataTypes.STRING(36),
      userId: DataTypes.STRING(36),
      cycleId: DataTypes.STRING(36),
      courseVersionId: DataTypes.STRING(36),
      kind: DataTypes.STRING(20),
      form: DataTypes.TEXT,
      dueAt: DataTypes.BIGINT,
      announcedAt: DataTypes.BIGINT,
      startedAt: DataTypes.BIGINT,
      finishedAt: DataTypes.BIGINT,
      skippedAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'measurements' },
  );
  MeasurementAnswer.init(
    {
      measurementId: { type: DataTypes.STRING(36), primaryKey: true },
      organisationId: DataTypes.STRING(36),
      slot: { type: DataTypes.INTEGER, primaryKey: true },
      itemId: DataTypes.STRING(80),
      module: DataTypes.STRING(80),
      objective: DataTypes.STRING(80),
      response: DataTypes.TEXT,
      points: DataTypes.INTEGER,
      answeredAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'measurement_answers' },
  );
}
