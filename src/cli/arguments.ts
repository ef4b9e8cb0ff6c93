import { parseArgs } from 'node:util';

export const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
export type Format = (typeof FORMATS)[number];

export interface CheckArguments {
  /** Files and folders; `-` is standard input. */
  readonly paths: readonly string[];
  readonly format: Format;
  /** More warnings than this fail; undefined where any number passes. */
  readonly maxWarnings: number | undefined;
  /** The configuration file; `sluice.json` of the current folder where it is absent. */
  readonly config: string | undefined;
  /** The stage whose values placeholders have; the one that the configuration names where it is absent. */
  readonly stage: string | undefined;
  /** What standard input is called in the report, and how its kind is told. */
  readonly stdinFileName: string;
  /** Whether a file that is named is left out where it has nothing to check, as it is in a folder. */
  readonly skipsOthers: boolean;
  /** A file that **Export Inventory…** wrote: what is named must be in it. */
  readonly inventory: string | undefined;
}

/** What the command line asks for. */
export type Invocation =
  | { readonly kind: 'check'; readonly options: CheckArguments }
  | { readonly kind: 'local'; readonly rest: readonly string[] }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

export const usage = `Usage: sluice check [paths…]   check definitions and Glue configs; without a path, the current folder
       sluice local [options]    serve an AWS endpoint for Glue and Step Functions on this machine

Options of check
  --format text|json|sarif|github   how to report (text)
  --max-warnings N                  fail when there are more warnings than N
  --config FILE                     settings (sluice.json)
  --stage NAME                      the stage whose values placeholders have (as sluice.json says)
  --stdin-filename NAME             what standard input (path -) is called
  --inventory FILE                  what is named must exist, by a file of Sluice: Export Inventory…
  --skip-others                     leave out named files that hold no definition or config
  --help

Exit codes: 0 nothing to complain about, 1 errors or too many warnings, 2 could not run.
`;

/** Reads the arguments after the program's name; never throws. */
export function parseInvocation(argv: readonly string[]): Invocation {
  const [command, ...rest] = argv;
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') return { kind: 'help' };
  if (command === 'local') return { kind: 'local', rest };
  if (command !== 'check') return { kind: 'wrong', message: `There is no command "${command}".` };
  try {
    return parseCheck(rest);
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}

function parseCheck(args: readonly string[]): Invocation {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      'max-warnings': { type: 'string' },
      config: { type: 'string' },
      stage: { type: 'string' },
      'stdin-filename': { type: 'string', default: 'stdin.asl.json' },
      inventory: { type: 'string' },
      'skip-others': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return { kind: 'help' };
  const format = FORMATS.find((known) => known === values.format);
  if (!format) return { kind: 'wrong', message: `--format is one of ${FORMATS.join(', ')}.` };
  const limit = values['max-warnings'];
  if (limit !== undefined && !/^\d+$/.test(limit)) {
    return { kind: 'wrong', message: '--max-warnings takes a whole number.' };
  }
  return {
    kind: 'check',
    options: {
      paths: positionals.length > 0 ? positionals : ['.'],
      format,
      maxWarnings: limit === undefined ? undefined : Number(limit),
      config: values.config,
      stage: values.stage,
      stdinFileName: values['stdin-filename'],
      skipsOthers: values['skip-others'],
      inventory: values.inventory,
    },
  };
}
