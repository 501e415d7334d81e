import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize';

/** A signing key of this installation. The private half is sealed under a key that is not in the database. */
export class IssuerKeyRow extends Model<
  InferAttributes<IssuerKeyRow>,
  InferCreationAttributes<IssuerKeyRow>
> {
  /** The public key in multibase: it names itself. */
  declare id: string;
  declare sealedPrivateKey: string;
  declare createdAt: number;
  declare activatedAt: CreationOptional<number | null>;
  declare retiredAt: CreationOptional<number | null>;
  declare compromisedAt: CreationOptional<number | null>;
  /** 1 for the key that signs; unique. */
  declare inUse: CreationOptional<number | null>;
}

/** A certificate: facts fixed at the award, then the exact bytes that were signed. */
export class Certificate extends Model<InferAttributes<Certificate>, InferCreationAttributes<Certificate>> {
  declare id: string;
  declare code: string;
  declare organisationId: string;
  declare userId: string;
  declare cycleId: string;
  declare courseVersionId: string;
  declare holderName: string;
  /** JSON: everything the credential and the paper say. */
  declare facts: string;
  declare statusListId: number;
  declare statusIndex: number;
  declare awardedAt: number;
  declare validUntil: number | null;
  declare keyId: CreationOptional<string | null>;
  declare credential: CreationOptional<string | null>;
  declare sha256: CreationOptional<string | null>;
  declare issuedAt: CreationOptional<number | null>;
  declare createdAt: number;
  /** Null for the one certificate that stands for its round and its code now. */
  declare supersededAt: CreationOptional<number | null>;
  declare ledgerSeq: CreationOptional<number | null>;
  declare ledgerHead: CreationOptional<string | null>;
}

/** The state "revoked" as a row: who, when and why. */
export class Revocation extends Model<InferAttributes<Revocation>, InferCreationAttributes<Revocation>> {
  declare certificateId: string;
  declare organisationId: string;
  declare reason: string;
  declare note: string | null;
  /** Null: the installation itself found the ruling again in what it had published. */
  declare actorId: string | null;
  declare revokedAt: number;
}

/** The state "suspended" as a row. Lifting it supersedes the certificate; the row stays. */
export class Suspension extends Model<InferAttributes<Suspension>, InferCreationAttributes<Suspension>> {
  declare certificateId: string;
  declare organisationId: string;
  declare reason: string;
  declare note: string | null;
  declare actorId: string | null;
  declare suspendedAt: number;
}

/** The state "superseded" as a row: which certificate took the place of which, and why. */
export class Supersession extends Model<
  InferAttributes<Supersession>,
  InferCreationAttributes<Supersession>
> {
  declare certificateId: string;
  declare replacementId: string;
  declare organisationId: string;
  declare reason: string;
  declare note: string | null;
  declare actorId: string | null;
  /** The occasion, which makes one new certificate however often it is told of. */
  declare dedupeKey: string | null;
  declare supersededAt: number;
}

export function defineCertificates(sequelize: Sequelize): void {
  IssuerKeyRow.init(
    {
      id: { type: DataTypes.STRING(80), primaryKey: true },
      sealedPrivateKey: DataTypes.TEXT,
      createdAt: DataTypes.BIGINT,
      activatedAt: DataTypes.BIGINT,
      retiredAt: DataTypes.BIGINT,
      compromisedAt: DataTypes.BIGINT,
      inUse: DataTypes.SMALLINT,
    },
    { sequelize, tableName: 'issuer_keys' },
  );
  Certificate.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      code: DataTypes.STRING(16),
      organisationId: DataTypes.STRING(36),
      userId: DataTypes.STRING(36),
      cycleId: DataTypes.STRING(36),
      courseVersionId: DataTypes.STRING(36),
      holderName: DataTypes.STRING(400),
      facts: DataTypes.TEXT,
      statusListId: DataTypes.INTEGER,
      statusIndex: DataTypes.INTEGER,
      awardedAt: DataTypes.BIGINT,
      validUntil: DataTypes.BIGINT,
      keyId: DataTypes.STRING(80),
      credential: DataTypes.TEXT,
      sha256: DataTypes.STRING(64),
      issuedAt: DataTypes.BIGINT,
      createdAt: DataTypes.BIGINT,
      supersededAt: DataTypes.BIGINT,
      ledgerSeq: DataTypes.BIGINT,
      ledgerHead: DataTypes.STRING(64),
    },
    { sequelize, tableName: 'certificates' },
  );
  Revocation.init(
    {
      certificateId: { type: DataTypes.STRING(36), primaryKey: true },
      organisationId: DataTypes.STRING(36),
      reason: DataTypes.STRING(40),
      note: DataTypes.STRING(1000),
      actorId: DataTypes.STRING(36),
      revokedAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'revocations' },
  );
  defineRulings(sequelize);
}

function defineRulings(sequelize: Sequelize): void {
  const ruling = {
    certificateId: { type: DataTypes.STRING(36), primaryKey: true },
    organisationId: DataTypes.STRING(36),
    reason: DataTypes.STRING(40),
    note: DataTypes.STRING(1000),
    actorId: DataTypes.STRING(36),
  };
  Suspension.init({ ...ruling, suspendedAt: DataTypes.BIGINT }, { sequelize, tableName: 'suspensions' });
  Supersession.init(
    {
      ...ruling,
      replacementId: DataTypes.STRING(36),
      dedupeKey: DataTypes.STRING(160),
      supersededAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'supersessions' },
  );
}
