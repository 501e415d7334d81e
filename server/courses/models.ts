import {
  DataTypes,
  Model,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize';

/** One published version of a course: everything a learner may meet in it. Never changed, never deleted. */
export class CourseVersion extends Model<
  InferAttributes<CourseVersion>,
  InferCreationAttributes<CourseVersion>
> {
  declare id: string;
  declare courseSlug: string;
  declare number: number;
  /** SHA-256 of `content`. */
  declare contentHash: string;
  /** The snapshot in canonical JSON. */
  declare content: string;
  declare publishedAt: number;
}

/** One published version of what all courses share: facts, reporting lines, glossary, country packs, cards. */
export class LibraryVersion extends Model<
  InferAttributes<LibraryVersion>,
  InferCreationAttributes<LibraryVersion>
> {
  declare number: number;
  /** What the files were that were published last, so that a start with the same files need not read them. */
  declare sourceHash: string;
  declare contentHash: string;
  declare content: string;
  declare publishedAt: number;
}

export function defineCourses(sequelize: Sequelize): void {
  CourseVersion.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      courseSlug: DataTypes.STRING(80),
      number: DataTypes.INTEGER,
      contentHash: DataTypes.STRING(64),
      content: DataTypes.TEXT,
      publishedAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'course_versions' },
  );
  LibraryVersion.init(
    {
      number: { type: DataTypes.INTEGER, primaryKey: true },
      sourceHash: DataTypes.STRING(64),
      contentHash: DataTypes.STRING(64),
      content: DataTypes.TEXT,
      publishedAt: DataTypes.BIGINT,
    },
    { sequelize, tableName: 'library_versions' },
  );
}
