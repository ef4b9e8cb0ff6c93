import { isMapped, mappingConfs, type S3Mapping } from './s3Mapping.ts';
import type { PypiSpark } from './sparkOfPypi.ts';
import { splitConfs, splitList } from './scriptArguments.ts';
import type { LocalJob } from './job.ts';
import type { Reach } from './plan.ts';

export interface PypiSparkRequest {
  readonly job: LocalJob;
  readonly spark: PypiSpark;
  readonly scriptText: string;
  readonly reach: Reach;
  readonly region: string;
  /** Address of the Local connection, where that is what the run reaches. */
  readonly endpoint?: string;
  readonly mappings: readonly S3Mapping[];
  /** Files of this machine that `--extra-jars` lists, as absolute paths. */
  readonly jars: readonly string[];
  /** Where what Spark fetches from Maven is kept. */
  readonly ivyFolder: string;
  readonly sparkUiPort?: number;
}

export interface PypiSparkPlan {
  /** What `PYSPARK_SUBMIT_ARGS` holds: words as a shell reads them. */
  readonly submitArguments: string;
  readonly warnings: readonly string[];
}

/** How Spark is started without a container: the job's own settings, and S3 where the run reaches it. */
export function planPypiSpark(request: PypiSparkRequest): PypiSparkPlan {
  const { job, spark, mappings, jars, sparkUiPort, ivyFolder } = request;
  const usesS3 = request.reach !== 'none' && namesUnmappedS3(request);
  const mounts = mappings.map(({ folder }) => ({ source: folder, target: toFileUrlPath(folder) }));
  const s3aPackage = `org.apache.hadoop:hadoop-aws:${spark.hadoop}`;
  const confs = [
    'spark.ui.showConsoleProgress=true',
    'spark.driver.host=127.0.0.1',
    'spark.driver.bindAddress=127.0.0.1',
    ...(sparkUiPort === undefined ? ['spark.ui.enabled=false'] : [`spark.ui.port=${sparkUiPort}`]),
    ...(usesS3 ? [...s3Confs(request), `spark.jars.ivy=${ivyFolder}`] : []),
    ...mappingConfs(mappings, mounts),
    ...splitConfs(job.arguments['--conf']),
  ];
  const words = [
    ...['--master', 'local[*]'],
    ...(usesS3 ? ['--packages', s3aPackage] : []),
    ...(jars.length > 0 ? ['--jars', jars.join(',')] : []),
    ...confs.flatMap((conf) => ['--conf', conf]),
    'pyspark-shell',
  ];
  const formats = job.arguments['--datalake-formats'];
  const s3Text = `Spark fetches ${s3aPackage} from Maven Central with the first run that names S3, to read it: about 280 MB or more.`;
  return {
    submitArguments: words.map(quoted).join(' '),
    warnings: [
      ...(usesS3 ? [s3Text] : []),
      ...(formats === undefined ? [] : [`${formats} (--datalake-formats) is in the Glue container only.`]),
    ],
  };
}

function namesUnmappedS3({ scriptText, job, mappings }: PypiSparkRequest): boolean {
  const texts = [scriptText, ...splitList(job.arguments['--TempDir']), ...Object.values(job.arguments)];
  const locations = texts.flatMap((text) => text.match(/\bs3[an]?:\/\/[^\s"',)}]+/g) ?? []);
  const isFromCatalog = /\bfrom_catalog\s*\(|create_(?:dynamic|data)_frame_from_catalog/.test(scriptText);
  return isFromCatalog || locations.some((location) => !isMapped(location, mappings));
}

function s3Confs({ region, endpoint }: PypiSparkRequest): readonly string[] {
  return [
    'spark.hadoop.fs.s3.impl=org.apache.hadoop.fs.s3a.S3AFileSystem',
    'spark.hadoop.fs.s3n.impl=org.apache.hadoop.fs.s3a.S3AFileSystem',
    `spark.hadoop.fs.s3a.endpoint.region=${region}`,
    ...(endpoint === undefined
      ? []
      : [
          `spark.hadoop.fs.s3a.endpoint=${endpoint}`,
          'spark.hadoop.fs.s3a.path.style.access=true',
          'spark.hadoop.fs.s3a.connection.ssl.enabled=false',
        ]),
  ];
}

/** `C:\data` as Hadoop names it in a location. */
function toFileUrlPath(folder: string): string {
  return /^[A-Za-z]:/.test(folder) ? `/${folder.replaceAll('\\', '/')}` : folder;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./[\]*-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}
