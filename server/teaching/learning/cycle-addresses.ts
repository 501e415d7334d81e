/** Addresses below one cycle of learning. */
export const addresses = (cycleId: string) => ({
  course: `/learning/${cycleId}`,
  newerVersion: `/learning/${cycleId}/newer-version`,
  wholeCourse: `/learning/${cycleId}/whole-course`,
  /** All that the course says about looking after oneself. */
  care: `/learning/${cycleId}#care`,
  /** What the learner works as. */
  job: `/learning/${cycleId}/job`,
  name: `/learning/${cycleId}/name`,
  /** A statement to sign after the course. */
  acknowledgement: `/learning/${cycleId}/acknowledgement`,
  /** What was signed, on paper. */
  signedPaper: `/learning/${cycleId}/acknowledgement.pdf`,
  module: (slug: string) => `/learning/${cycleId}/modules/${slug}`,
  lesson: (slug: string, name: string) => `/learning/${cycleId}/modules/${slug}/lessons/${name}`,
  case: (slug: string) => `/learning/${cycleId}/modules/${slug}/case`,
  quiz: (name: string) => `/learning/${cycleId}/quizzes/${name}`,
});
