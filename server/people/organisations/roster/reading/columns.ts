/** What a column of a roster can hold. */
export const FIELDS = [
  'staffNumber',
  'name',
  'givenName',
  'familyName',
  'email',
  'unit',
  'job',
  'hiredOn',
  'tags',
  'employment',
] as const;
export type Field = (typeof FIELDS)[number];

/** Which column (from 0) holds which field. */
export type RosterColumns = Readonly<Partial<Record<Field, number>>>;

/** What headers call the fields, folded: without case, accents, spaces and signs. The first that fits counts. */
const SPELLINGS: Readonly<Record<Field, readonly string[]>> = {
  staffNumber: [
    ...['staffnumber', 'staffno', 'staffnr', 'staffid', 'personnelnumber', 'personnelno', 'personnelid'],
    ...[
      'employeenumber',
      'employeeno',
      'employeeid',
      'employeecode',
      'payrollnumber',
      'personnumber',
      'crewid',
    ],
    ...['badgenumber', 'officerid', 'identifier', 'usermasteridentifier', 'sourcedid', 'personalnummer'],
    ...['personalnr', 'matricule', 'numerodeempleado', 'numeroempleado', 'number', 'id'],
  ],
  name: ['name', 'fullname', 'displayname', 'employeename', 'personname', 'nombrecompleto', 'nomcomplet'],
  givenName: [
    'givenname',
    'firstname',
    'forename',
    'givennames',
    'preferredname',
    'vorname',
    'prenom',
    'nombre',
  ],
  familyName: ['familyname', 'lastname', 'surname', 'nachname', 'nom', 'apellido', 'apellidos'],
  email: [
    'email',
    'emailaddress',
    'workemail',
    'mail',
    'emailwork',
    'correo',
    'correoelectronico',
    'courriel',
  ],
  unit: [
    ...['unit', 'unitcode', 'base', 'station', 'department', 'departmentname', 'dept', 'division', 'team'],
    ...['location', 'site', 'depot', 'school', 'organisation', 'organization', 'orgunit', 'costcentre'],
    ...['costcenter', 'abteilung', 'unidad', 'unite', 'departamento'],
  ],
  job: ['job', 'jobtitle', 'position', 'role', 'function', 'title', 'rank', 'puesto', 'poste', 'funktion'],
  hiredOn: [
    ...[
      'hiredate',
      'hiredon',
      'hired',
      'dateofhire',
      'startdate',
      'begindate',
      'dateofjoining',
      'joiningdate',
    ],
    ...['employedsince', 'entrydate', 'servicedate', 'eintrittsdatum', 'fechadeingreso', 'datedembauche'],
  ],
  tags: ['tags', 'tag', 'groups', 'labels', 'etiquetas'],
  employment: [
    'employment',
    'employmentstatus',
    'status',
    'state',
    'active',
    'enableduser',
    'estado',
    'statut',
  ],
};

const folded = (header: string): string =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The columns that headers seem to name. A guess: it is shown as one, and can be changed. No column is used twice. */
function guessedColumns(header: readonly string[]): RosterColumns {
  const names = header.map(folded);
  const guessed: Partial<Record<Field, number>> = {};
  for (const field of FIELDS) {
    const taken = Object.values(guessed);
    const found = SPELLINGS[field]
      .map(spelling => names.indexOf(spelling))
      .find(at => at !== -1 && !taken.includes(at));
    if (found !== undefined) guessed[field] = found;
  }
  return withoutParts(guessed);
}

/** A whole name makes its parts unnecessary. */
function withoutParts({ givenName, familyName, ...others }: RosterColumns): RosterColumns {
  if (others.name !== undefined) return others;
  return {
    ...others,
    ...(givenName === undefined ? {} : { givenName }),
    ...(familyName === undefined ? {} : { familyName }),
  };
}

/** The columns that were chosen for an earlier file, where this one has columns of the same names; else the guess. */
export function rememberedColumns(
  header: readonly string[],
  earlier: { readonly header: readonly string[]; readonly columns: RosterColumns } | null,
): RosterColumns {
  if (!earlier) return guessedColumns(header);
  const remembered: Partial<Record<Field, number>> = {};
  for (const field of FIELDS) {
    const named = earlier.header[earlier.columns[field] ?? -1];
    const at = named === undefined ? -1 : header.indexOf(named);
    if (at !== -1) remembered[field] = at;
  }
  return remembered.staffNumber === undefined ? guessedColumns(header) : remembered;
}

export type ColumnFault = 'no-number' | 'no-name' | 'twice' | 'outside';

/** Why a choice of columns cannot be used, by the field that has to change; an empty object where it can. */
export function faultsOfColumns(columns: RosterColumns, width: number): Partial<Record<Field, ColumnFault>> {
  const faults: Partial<Record<Field, ColumnFault>> = {};
  if (columns.staffNumber === undefined) faults.staffNumber = 'no-number';
  const { name, givenName, familyName } = columns;
  if (name === undefined && (givenName === undefined || familyName === undefined)) faults.name = 'no-name';
  const used = new Set<number>();
  for (const field of FIELDS) {
    const at = columns[field];
    if (at === undefined) continue;
    if (used.has(at)) faults[field] = 'twice';
    if (at < 0 || at >= width) faults[field] = 'outside';
    used.add(at);
  }
  return faults;
}
