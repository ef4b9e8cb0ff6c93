interface Head {
  readonly start: number;
  readonly parameters: ReadonlySet<string>;
}

/** What a program in Python or TypeScript does with its names, by its words alone: read once, then asked for each name. */
export class ProgramNames {
  /** Objects and lists that something is put into after they were made. */
  readonly filledLater: ReadonlySet<string>;
  /** Roles that are told later to trust others. */
  readonly extendedRoles: ReadonlySet<string>;
  readonly #functions: readonly Head[];
  readonly #classes: readonly number[];
  readonly #assignments = new Map<string, number[]>();

  constructor(text: string) {
    this.filledLater = namesBefore(
      text,
      /([A-Za-z_$][\w$]*)(?:\[[^\]\n]*\]|\.[\w$]+)*(?:\.(?:append|extend|insert|update|setdefault|push|unshift|splice)\(|\[[^\]\n]*\][ \t]*\+?=(?!=))|Object\.assign\(\s*([A-Za-z_$][\w$]*)/g,
    );
    this.extendedRoles = namesBefore(text, /([A-Za-z_$][\w$]*)\??\.(?:assume_?role_?policy|grant_?assume_?role)/gi);
    this.#functions = [...text.matchAll(FUNCTIONS)].map((match) => headOf(match));
    this.#classes = [...text.matchAll(/^[ \t]*(?:export[ \t]+)?class\b/gm)].map(({ index }) => index);
    // A keyword argument is written without blanks.
    for (const { index, 1: name = '' } of text.matchAll(
      /(?<![\w$])([A-Za-z_$][\w$]*)(?:[ \t]*:[^=\n,()]+)?[ \t]+=(?!=)/g,
    )) {
      const known = this.#assignments.get(name);
      if (known) known.push(index);
      else this.#assignments.set(name, [index]);
    }
  }

  /** Whether a name at an offset is a parameter of the function around it: what it holds comes from callers. */
  isParameter(name: string, offset: number): boolean {
    return this.#functions.findLast(({ start }) => start < offset)?.parameters.has(name) === true;
  }

  /** Where the function, or for members the class, begins that an offset is in. */
  scopeOf(offset: number, isMember: boolean): number {
    const starts = isMember ? this.#classes : this.#functions.map(({ start }) => start);
    return starts.findLast((start) => start < offset) ?? 0;
  }

  /** How often a name is given something between two offsets. */
  assignmentsOf(name: string, from: number, to: number): number {
    return (this.#assignments.get(name) ?? []).filter((at) => from <= at && at < to).length;
  }
}

/** `def f(…)`, `function f(…)`, `constructor(…)`, methods of a class in TypeScript, and arrow functions with a block. */
const FUNCTIONS =
  /\b(?:def[ \t]+\w+|function[ \t]*\w*|constructor)[ \t]*\(([^)]*)|^[ \t]+(?:(?:public|private|protected|static|async)[ \t]+)+[\w$]+\(([^)]*)\)[^;=\n]*\{|\(([^()]*)\)(?:[ \t]*:[^=\n]+)?[ \t]*=>[ \t]*\{/gm;

function headOf({ index, 1: first, 2: second, 3: third }: RegExpExecArray): Head {
  const list = first ?? second ?? third ?? '';
  const names = list.split(',').map((one) => /^\s*(?:[\w$]+[ \t]+)*\*{0,2}([A-Za-z_$][\w$]*)/.exec(one)?.[1] ?? '');
  return { start: index, parameters: new Set(names.filter((name) => name !== '')) };
}

function namesBefore(text: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...text.matchAll(pattern)].map(([, name, other]) => name ?? other ?? ''));
}
