import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
import { Measurement, MeasurementAnswer } from './tables.js';

/** What this slice holds of a person. No export says which answers were right: the questions are asked of others. */
export const measurementData: readonly PersonalTable[] = [
  personal(
    MeasurementAnswer,
    { through: 'measurementId', of: { table: Measurement, owner: { account: 'userId' } } },
    { exported: { as: 'answers-around-courses', without: ['points'] }, erased: { do: 'remove' } },
  ),
  personal(
    Measurement,
    { account: 'userId' },
    {
      exported: { as: 'questions-around-courses', without: ['userId', 'form'] },
      erased: { do: 'remove' },
    },
  ),
];
