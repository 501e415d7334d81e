import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectRoot } from '../../config.js';

/** What a component takes under one name, as the type at its head declares it. */
export interface Parameter {
  readonly name: string;
  readonly isNeeded: boolean;
  /** TypeScript. */
  readonly type: string;
  /** What it means, where the name does not say it. */
  readonly about: string;
}

/** A component, as the comment at its top describes it. */
export interface Documentation {
  readonly name: string;
  /** Its room in `views/components`. */
  readonly room: string;
  readonly about: string;
  readonly parameters: readonly Parameter[];
  /** The template below the comment. */
  readonly template: string;
}

const FOLDER = join(projectRoot, 'views/components');
/** What a template is, then what it takes, a member on each line. */
const HEAD = /^<%#\s*([\s\S]*?)(?:\nit: \{\n([\s\S]*?)\n\})? -%>\n/;
/** `  href?: string; // where it leads`. A type of several lines has its meaning on the first. */
const MEMBER = /^ {2}(\w+)(\??): (.*?);?(?: \/\/ (.*))?$/;

/** All components in `views/components`, by name. Throws where the comment of one cannot be read. */
export function documentation(): Map<string, Documentation> {
  const rooms = readdirSync(FOLDER).sort();
  return new Map(
    rooms.flatMap(room =>
      readdirSync(join(FOLDER, room)).map(file => {
        const name = basename(file, '.ejs');
        return [name, { room, ...describe(name, readFileSync(join(FOLDER, room, file), 'utf8')) }] as const;
      }),
    ),
  );
}

export function describe(name: string, text: string): Omit<Documentation, 'room'> {
  const head = HEAD.exec(text);
  if (!head) throw new Error(`The part "${name}" says nothing of itself`);
  const [whole, about = '', members = ''] = head;
  return {
    name,
    about: about.replace(/\s+/g, ' '),
    parameters: eachMember(members).map(member => parameterOf(member, name)),
    template: text.slice(whole.length),
  };
}

/** A member begins with a line that is indented once. */
const eachMember = (members: string): string[] => (members ? members.split(/\n(?= {2}\w)/) : []);

function parameterOf(member: string, component: string): Parameter {
  const [first = '', ...rest] = member.split('\n');
  const [, name, optional, begun = '', meaning = ''] = MEMBER.exec(first) ?? [];
  if (!name) throw new Error(`The part "${component}" declares "${first}" without a name`);
  const type = [begun, ...rest.map(line => line.trim())].join(' ').replace(/;$/, '');
  return { name, isNeeded: optional === '', type, about: meaning };
}
