import { join } from 'node:path';
import { UserError } from '../../core/base/userError.ts';
import {
  localWarnings,
  pickPypiSpark,
  planPypiSpark,
  pypiSparkRemark,
  scriptArguments,
  splitList,
} from '../../core/glue/localRun/index.ts';
import { pythonPackages } from '../../processes/python/glueModules.ts';
import type { PythonInterpreter } from '../../processes/python/interpreter.ts';
import { findJava } from '../../processes/python/java.ts';
import { sparkModules } from '../../processes/python/sparkModules.ts';
import type { PythonRun, PythonSetUp } from './runOnPython.ts';

/** A Spark script without a container, on a Spark of PyPI. Rejects with UserError where Python or Java do not fit. */
export async function sparkSetUp(run: PythonRun, python: PythonInterpreter, signal: AbortSignal): Promise<PythonSetUp> {
  const { job, folder, files, mappings, scriptText, surroundings, cacheFolder, sparkUiPort } = run;
  const { reach, region } = surroundings;
  const choice = pickPypiSpark(job.glueVersion, python.version);
  if (choice.kind === 'none') {
    const help = 'Install a later Python 3, and name it in the environment variable SLUICE_PYTHON.';
    throw new UserError('program-missing', choice.message, help);
  }
  const { spark, note } = choice;
  const java = await findJava(process.env, { ...spark.java, forWhat: `Spark ${spark.version}` }, signal);
  const jars = splitList(job.arguments['--extra-jars']).flatMap((location) => {
    const file = files.get(location);
    return file === undefined ? [] : [join(folder, file)];
  });
  const endpoint = await surroundings.endpoint?.();
  const plan = planPypiSpark({
    ...{ job, spark, scriptText, reach, region, mappings, jars },
    ivyFolder: join(cacheFolder, 'ivy'),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(sparkUiPort === undefined ? {} : { sparkUiPort }),
  });
  return {
    what: `Spark ${spark.version} from PyPI, Python ${python.version} and Java ${java.version} of this machine`,
    warnings: [
      pypiSparkRemark,
      ...(note === undefined ? [] : [note]),
      ...plan.warnings,
      ...localWarnings({ job, scriptText }),
    ],
    // From Python 3.12 on, Spark 3 misses distutils without setuptools.
    installs: [[`pyspark==${spark.version}`, 'setuptools<81'], ...pythonPackages],
    modules: sparkModules,
    args: scriptArguments(job.name, job.arguments),
    environment: (path) => ({
      PYSPARK_SUBMIT_ARGS: plan.submitArguments,
      PYSPARK_PYTHON: path,
      PYSPARK_DRIVER_PYTHON: path,
      SPARK_LOCAL_IP: '127.0.0.1',
    }),
  };
}
