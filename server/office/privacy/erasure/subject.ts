/** Who is to be erased: an account with all its memberships, or what one organisation knows of somebody. */
export interface Subject {
  readonly userId: string | null;
  readonly membershipId: string | null;
}
