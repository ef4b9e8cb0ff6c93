import { importedName, type PythonReading } from './pythonImports.ts';

/** `runner = JobRunner(`, `self.runner: JobRunner = shared.JobRunner(`, `with JobRunner(…) as runner`, `runner: JobRunner` of a function. */
const MADE =
  /(?<![\w.])((?:self\.|cls\.)?[A-Za-z_]\w*)[ \t]*(?::[ \t]*[^=\n,()]+)?=[ \t]*((?:[A-Za-z_]\w*\.)*[A-Z]\w*)\(|(?<![\w.])([A-Za-z_]\w*)[ \t]*:[ \t]*["']?((?:[A-Za-z_]\w*\.)*[A-Z]\w*)["']?(?=[ \t]*(?:[,)=]|\|[ \t]*None))/g;

/** A file names few objects; one with thousands is generated. */
const MAX_OBJECTS = 500;

/** A file is asked about once for each of its calls. */
const read = new WeakMap<PythonReading, ReadonlyMap<string, string>>();

/** Names of a Python file that hold objects of imported classes, each with its class: `shared.jobs#JobRunner`. */
export function instancesIn(reading: PythonReading): ReadonlyMap<string, string> {
  const known = read.get(reading);
  if (known) return known;
  const found = new Map<string, string>();
  const others = new Set<string>();
  for (const [, made, by, parameter, type] of reading.text.matchAll(MADE)) {
    const name = made ?? parameter ?? '';
    const from = importedName(by ?? type ?? '', reading);
    // A name of two things is none of them.
    if (from === undefined || (found.has(name) && found.get(name) !== from)) others.add(name);
    else if (found.size < MAX_OBJECTS) found.set(name, from);
  }
  for (const name of others) found.delete(name);
  read.set(reading, found);
  return found;
}

/** Where the method of a call comes from whose object is made in the text: `runner.start`, `JobRunner().start`. */
export function importedMethod(callee: string, at: number, reading: PythonReading): string | undefined {
  const dot = callee.lastIndexOf('.');
  if (dot < 0) return undefined;
  const [owner, method] = [callee.slice(0, dot), callee.slice(dot + 1)];
  const [, made] =
    owner === '()' ? (/^((?:[A-Za-z_]\w*\.)*[A-Z]\w*)\(/.exec(reading.text.slice(at, at + 256)) ?? []) : [];
  const from = made === undefined ? instancesIn(reading).get(owner) : importedName(made, reading);
  return from && `${from}.${method}`;
}
