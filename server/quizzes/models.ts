import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize';

/** One try at one quiz. The row is there from its start; its result is written once, when it is handed in. */
export class Attempt extends Model<InferAttributes<Attempt>, InferCreationAttributes<Attempt>> {
  declare id: string;
  declare organisationId: string;
  declare userId: string;
  declare cycleId: string;
  declare courseVersionId: string;
  /** The module's slug, or `final`. */
  declare quiz: string;
  declare number: number;
  /** JSON: which items, in which order, with options in which order. */
  declare form: string;
  declare startedAt: number;
  declare submittedAt: CreationOptional<number | null>;
  /** When its time is over, and how long an answer may still be on its way (ms): fixed at its start. */
  declare deadlineAt: CreationOptional<number | null>;
  declare graceMs: CreationOptional<number>;
  /** Since when its clock stands still; null while it runs. */
  declare pausedAt: CreationOptional<number | null>;
  /** How long it stood still in earlier pauses (ms). */
  declare pausedMs: CreationOptional<number>;
  /** `learner` or `clock`; null while open. */
  declare closedBy: CreationOptional<string | null>;
  declare points: CreationOptional<number | null>;
  declare maxPoints: CreationOptional<number | null>;
  declare rightAnswers: CreationOptional<number | null>;
  declare passed: CreationOptional<boolean | null>;
  /** JSON: points of each slot. */
  declare result: CreationOptional<string | null>;
}

/** One answer to one question, appended; the highest sequence of a slot is the one that counts. */
export class AttemptAnswer extends Model<
  InferAttributes<AttemptAnswer>,
  InferCreationAttributes<AttemptAnswer>
> {
  declare attemptId: string;
  declare organisationId: string;
  declare slot: number;
  declare sequence: number;
  declare response: string;
  declare answeredAt: number;
  /** `sure`, `fairly` or `guess`; null where nothing was said. */
  declare confidence: CreationOptional<string | null>;
}

export function defineQuizzes(sequelize: Sequelize): void {
  Attempt.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      organisationId: DataTypes.STRING(36),
      userId: DataTypes.STRING(36),
      cycleId: DataTypes.STRING(36),
      courseVersionId: DataTypes.STRING(36),
      quiz: DataTypes.STRING(80),
      number: DataTypes.INTEGER,
      form: DataTypes.TEXT,
      startedAt: DataTypes.BIGINT,
      submittedAt: DataTypes.BIGINT,
      deadlineAt: DataTypes.BIGINT,
      graceMs: DataTypes.INTEGER,
      pausedAt: DataTypes.BIGINT,
      pausedMs: { type: DataTypes.BIGINT, defaultValue: 0 },
      closedBy: DataTypes.STRING(10),
      points: DataTypes.INTEGER,
      maxPoints: DataTypes.INTEGER,
      rightAnswers: DataTypes.INTEGER,
      passed: DataTypes.BOOLEAN,
      result: DataTypes.TEXT,
    },
    { sequelize, tableName: 'attempts' },
  );
  AttemptAnswer.init(
    {
      attemptId: { type: DataTypes.STRING(36), primaryKey: true },
      organisationId: DataTypes.STRING(36),
      slot: { type: DataTypes.INTEGER, primaryKey: true },
      sequence: { type: DataTypes.INTEGER, primaryKey: true },
      response: DataTypes.TEXT,
      answeredAt: DataTypes.BIGINT,
      confidence: DataTypes.STRING(10),
    },
    { sequelize, tableName: 'attempt_answers' },
  );
}
