import type { WorkspaceFolder } from 'vscode';
import { splitList, type LocalJob } from '../../core/glue/localRun/index.ts';
import type { App } from '../app.ts';

/**
 * What the tests of a folder run as: the newest Glue version of its Spark jobs with the Python modules of all of them, and
 * what the settings `sluice.tests.glueVersion` and `sluice.tests.pythonModules` say.
 */
export async function testJob(
  { settings, jobIndex }: Pick<App, 'settings' | 'jobIndex'>,
  folder: WorkspaceFolder,
): Promise<LocalJob> {
  const inputs = (await jobIndex.jobs())
    .filter(({ file }) => file.path.startsWith(folder.uri.path))
    .map(({ config }) => config.input);
  const versions = inputs.flatMap(({ GlueVersion: version }) => (typeof version === 'string' ? [version] : []));
  const newest = versions.toSorted((a, b) => Number.parseFloat(b) - Number.parseFloat(a))[0];
  const chosen = settings.get('tests.glueVersion', folder.uri);
  const glueVersion = chosen === '' ? newest : chosen;
  const modules = new Set([
    ...inputs.flatMap((input) => modulesOf(input)),
    ...settings.get('tests.pythonModules', folder.uri),
  ]);
  return {
    name: 'tests',
    kind: 'spark',
    ...(glueVersion === undefined ? {} : { glueVersion }),
    arguments: modules.size === 0 ? {} : { '--additional-python-modules': [...modules].join(',') },
  };
}

/** Modules that an index has; a wheel on S3 is the job's own matter. */
function modulesOf({
  DefaultArguments: values,
  Command: command,
}: Readonly<Record<string, unknown>>): readonly string[] {
  const isShell = isObject(command) && command['Name'] === 'pythonshell';
  const list = isObject(values) && !isShell ? values['--additional-python-modules'] : undefined;
  return typeof list === 'string' ? splitList(list).filter((module) => !/^s3[an]?:/.test(module)) : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
