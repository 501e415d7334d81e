import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize';

/** That a mail was begun and sent: one row for each piece of news, whatever happens. Its text is not kept. */
export class MailRow extends Model<InferAttributes<MailRow>, InferCreationAttributes<MailRow>> {
  declare id: string;
  declare dedupeKey: string;
  declare kind: string;
  declare userId: string;
  declare state: 'sending' | 'sent' | 'failed';
  declare createdAt: number;
  declare sentAt: CreationOptional<number | null>;
}

export function defineNotifications(sequelize: Sequelize): void {
  MailRow.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      dedupeKey: DataTypes.STRING(160),
      kind: DataTypes.STRING(60),
      userId: DataTypes.STRING(36),
      state: DataTypes.STRING(10),
      createdAt: DataTypes.BIGINT,
      sentAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'mails' },
  );
}
