import { uuid } from './ids.ts';
import type { DemoPerson } from './types.ts';

type Row = [key: string, name: string, timeZone: string];

const ROWS: Row[] = [
  ['ada', 'Ada Moreno', 'Europe/Madrid'],
  ['ben', 'Ben Okafor', 'Europe/London'],
  ['jane', 'Jane Doe', 'America/New_York'],
  ['john', 'John Smith', 'America/Chicago'],
  ['priya', 'Priya Raman', 'Asia/Kolkata'],
  ['mei', 'Mei Tanaka', 'Asia/Tokyo'],
  ['lars', 'Lars Nyström', 'Europe/Stockholm'],
  ['sofia', 'Sofia Rossi', 'Europe/Rome'],
  ['tomas', 'Tomás Herrera', 'America/Mexico_City'],
  ['amira', 'Amira Haddad', 'Asia/Dubai'],
  ['chloe', 'Chloé Laurent', 'Europe/Paris'],
  ['kwame', 'Kwame Mensah', 'Africa/Accra'],
  ['ingrid', 'Ingrid Solberg', 'Europe/Oslo'],
  ['raj', 'Raj Patel', 'Asia/Kolkata'],
  ['hana', 'Hana Kim', 'Asia/Seoul'],
  ['oliver', 'Oliver Brandt', 'Europe/Berlin'],
  ['fatima', 'Fatima Al-Sayed', 'Asia/Riyadh'],
  ['marcus', 'Marcus Webb', 'America/Denver'],
  ['elena', 'Elena Petrova', 'Europe/Sofia'],
  ['noah', 'Noah Fischer', 'Europe/Zurich'],
  ['grace', 'Grace Adeyemi', 'Africa/Lagos'],
  ['liam', "Liam O'Connor", 'Europe/Dublin'],
  ['zoe', 'Zoe Martin', 'America/Toronto'],
  ['victor', 'Victor Lindqvist', 'Europe/Stockholm'],
  ['nadia', 'Nadia Rahman', 'Asia/Dhaka'],
  ['janet', 'Janet Doherty', 'Europe/Dublin'],
];

const TOKENS: Record<string, string> = { ada: 'sandbox-token-ada', ben: 'sandbox-token-ben' };

/** Everyone in the directory. Only Ada and Ben can sign in. */
export const PEOPLE: DemoPerson[] = ROWS.map(([key, name, timeZone]) => ({
  key,
  accountId: `712020:${uuid(`person ${key}`)}`,
  name,
  email: `${key}@halden.example`,
  timeZone,
  ...(TOKENS[key] ? { apiToken: TOKENS[key], canSignIn: true } : {}),
  ...(key === 'nadia' ? { guest: true } : {}),
}));

const byKey = new Map(PEOPLE.map((person) => [person.key, person]));

/** The person behind a handle; an unknown handle is a mistake in the demo data and stops the build. */
export function personOf(key: string): DemoPerson {
  const person = byKey.get(key);
  if (!person) throw new Error(`The demo site knows no person "${key}".`);
  return person;
}

/** Whether a handle such as the `ben` of `@ben` names somebody. */
export function isPerson(key: string): boolean {
  return byKey.has(key);
}
