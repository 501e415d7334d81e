import {
  DataTypes,
  Model,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize';

/** One row of the audit log. Written by `record` alone; never changed. */
class Event extends Model<InferAttributes<Event>, InferCreationAttributes<Event>> {
  declare seq: number;
  declare id: string;
  declare name: string;
  declare payload: string;
  declare actorId: string | null;
  declare organisationId: string | null;
  declare createdAt: number;
  declare previousHash: string;
  declare hash: string;
}

export function defineEvents(sequelize: Sequelize): void {
  Event.init(
    {
      seq: { type: DataTypes.BIGINT, primaryKey: true },
      id: DataTypes.STRING(36),
      name: DataTypes.STRING(60),
      payload: DataTypes.TEXT,
      actorId: DataTypes.STRING(36),
      organisationId: DataTypes.STRING(36),
      createdAt: DataTypes.BIGINT,
      previousHash: DataTypes.STRING(64),
      hash: DataTypes.STRING(64),
    },
    { sequelize, tableName: 'events' },
  );
}
