// People of a directory, as a test speaks of them.
import type { Directory, Person } from '../../core/protocol/directory.ts';

export function personNamed({ content }: Directory, name: string): Person {
  const found = content.people.find((person) => person.name === name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
}
