/** The jobs that the product claims to do, as the person who does them would say it. One that is not here may be half done. */
export const CLAIMS: Readonly<Record<string, string>> = {
  J2: 'I lose the connection in the middle of a quiz and go on answering; nothing is lost, and I always see what is saved.',
  J3: 'I read the notice before a hard lesson and take its summary for the same credit; one press takes me away without a trace.',
  J4: 'I fail a quiz, learn what to read again but not the answers, wait my time, get other questions, and pass.',
  J5: 'I confirm my name in Arabic script, get a paper that shows it right and leads to the check, and hide my surname from strangers.',
  J6: 'I read whom to call in my country, and have the card with me without a connection.',
  J11: 'I upload 2,000 rows, 37 of them bad: I see so before anything changes, the good ones come in, the bad ones come back with reasons, and repaired they make nobody twice.',
  J12: 'I assign “cabin crew, base FRA, within 60 days of hire, yearly” once, after seeing whom it concerns, and next week’s hires fall under it by themselves.',
  J13: 'I see who is due in 30, 60 and 90 days, who is overdue and who is on leave; I remind only those who are overdue, and see what was sent, when and by whom.',
  J14: 'I waive one person with a reason and a last day; it is shown on their page and on the requirement, and it ends by itself. Exports are not part of it yet.',
  J17: 'I move a person to another unit from a day on, and their history stays; merging double accounts is not part of it yet.',
  J19: 'I see my own team and nobody else; a guessed address of another team does not exist.',
  J26: 'I scan the code on a printed certificate, without an account, and see how it stands and no more than I need.',
  J28: 'I ask who was current on a past day, as we said it then and as we know it now, and see why the two differ.',
  J29: 'I check an evidence pack without a connection and without your program; one byte altered, and it fails.',
  J32: 'I back up, lose the machine and restore: the ledger is whole, and the codes on paper still work.',
  J36: 'I rotate the signing key, and certificates from before still hold.',
};
