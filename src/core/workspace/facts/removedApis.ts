/** Something that a script may use and that ended with a Glue version. */
interface RemovedApi {
  readonly name: string;
  readonly since: string;
  readonly instead: string;
}

const gone = (since: string, instead: string, names: readonly string[]): RemovedApi[] =>
  names.map((name) => ({ name, since, instead }));

/**
 * Modules of Python's library by the first Glue version without them: 6.0 has Python 3.13.
 * https://docs.python.org/3/whatsnew/3.12.html#removed https://docs.python.org/3/whatsnew/3.13.html#removed-modules-and-apis
 */
const MODULES: readonly RemovedApi[] = [
  ...gone('6.0', 'importlib', ['imp']),
  ...gone('6.0', 'packaging, shutil or subprocess', ['distutils']),
  ...gone('6.0', 'asyncio', ['asyncore', 'asynchat']),
  ...gone('6.0', 'subprocess and shlex', ['pipes']),
  ...gone('6.0', 'another package', [
    'cgi',
    'cgitb',
    'crypt',
    'imghdr',
    'mailcap',
    'nntplib',
    'smtpd',
    'telnetlib',
    'uu',
  ]),
];

/** Names that were imported from a module. */
const MEMBERS: Readonly<Record<string, readonly RemovedApi[]>> = {
  'pyspark.sql': gone('6.0', 'SparkSession', ['SQLContext']),
  'pyspark.sql.context': gone('6.0', 'SparkSession', ['SQLContext']),
  // Python 3.10, https://docs.python.org/3/whatsnew/3.10.html#removed
  collections: gone('4.0', 'collections.abc', ['Callable', 'Iterable', 'Mapping', 'MutableMapping', 'Sequence']),
};

export function removedModule(name: string): RemovedApi | undefined {
  const [first] = name.split('.');
  return MODULES.find((module) => module.name === first);
}

export function removedMember(module: string, name: string): RemovedApi | undefined {
  return MEMBERS[module]?.find((member) => member.name === name);
}
