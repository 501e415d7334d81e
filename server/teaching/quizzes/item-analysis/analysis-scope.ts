/** Which attempts are analysed. */
export interface AnalysisScope {
  readonly courseSlug: string;
  readonly quiz: string;
  /** The number of a course version; null for all of them. */
  readonly version: number | null;
  /**
   * Moodle's advice, and the default: later attempts break the assumptions of item analysis, since they were made
   * after feedback and a second reading.
   */
  readonly only: 'first' | 'all';
}
