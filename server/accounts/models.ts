import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize';

/** A person who can sign in. */
export class User extends Model<InferAttributes<User>, InferCreationAttributes<User>> {
  declare id: string;
  /** Trimmed, NFC, lower case: the same address is the same text. */
  declare email: string;
  declare name: string;
  declare passwordHash: string | null;
  declare emailConfirmedAt: CreationOptional<number | null>;
  declare isAdministrator: CreationOptional<boolean>;
  declare disabledAt: CreationOptional<number | null>;
  /** Pages and mails look like those of any course. */
  declare isDiscreet: CreationOptional<boolean>;
  declare createdAt: number;
}

export type TokenPurpose = 'confirm-address' | 'reset-password' | 'first-administrator';

/** A link that was mailed (or printed): good once, for a while. Only the hash of its secret text is kept. */
export class Token extends Model<InferAttributes<Token>, InferCreationAttributes<Token>> {
  declare id: string;
  declare userId: string | null;
  declare purpose: TokenPurpose;
  declare tokenHash: string;
  declare expiresAt: number;
  declare usedAt: CreationOptional<number | null>;
  /** The course that its person came for. */
  declare courseSlug: CreationOptional<string | null>;
  declare createdAt: number;
}

export function defineAccounts(sequelize: Sequelize): void {
  User.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      email: DataTypes.STRING(254),
      name: DataTypes.STRING(400),
      passwordHash: DataTypes.STRING(200),
      emailConfirmedAt: DataTypes.BIGINT,
      isAdministrator: { type: DataTypes.BOOLEAN, defaultValue: false },
      disabledAt: DataTypes.BIGINT,
      isDiscreet: { type: DataTypes.BOOLEAN, defaultValue: false },
      createdAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'users' },
  );
  Token.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      userId: DataTypes.STRING(36),
      purpose: DataTypes.STRING(30),
      tokenHash: DataTypes.STRING(64),
      expiresAt: DataTypes.BIGINT,
      usedAt: DataTypes.BIGINT,
      courseSlug: DataTypes.STRING(80),
      createdAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'tokens' },
  );
}
