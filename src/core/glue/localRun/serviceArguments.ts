/** What becomes of an argument of a job when its script runs on this machine. */
export type ArgumentUse =
  /** For the script itself, as every name that Glue does not know. */
  | { readonly kind: 'script' }
  /** Read by `planLocalRun` and turned into something else. */
  | { readonly kind: 'plan' }
  /** Means something to the service only; `warning` says what is different here, where it matters. */
  | { readonly kind: 'service'; readonly warning?: string };

const service = (warning?: string): ArgumentUse => ({ kind: 'service', ...(warning === undefined ? {} : { warning }) });
const plan: ArgumentUse = { kind: 'plan' };
const script: ArgumentUse = { kind: 'script' };

/** https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html */
const uses: ReadonlyMap<string, ArgumentUse> = new Map([
  ['--JOB_NAME', plan],
  ['--TempDir', script],
  ['--conf', plan],
  ['--extra-py-files', plan],
  ['--extra-jars', plan],
  ['--extra-files', plan],
  ['--user-jars-first', plan],
  ['--additional-python-modules', plan],
  ['--python-modules-installer-option', plan],
  ['--datalake-formats', plan],
  ['--customer-driver-env-vars', plan],
  ['--customer-executor-env-vars', plan],
  ['--job-bookmark-option', plan],
  ['--job-bookmark-from', service()],
  ['--job-bookmark-to', service()],
  ['--job-language', service()],
  ['--scriptLocation', service()],
  ['--class', service()],
  ['--python-virtual-env', service('--python-virtual-env is not used: the run has the Python of the Glue image.')],
  ['--python-virtual-env-storage-prefix', service()],
  ['--python-virtual-env-version', service()],
  ['--executor-cores', service()],
  ['--auto-scale-within-microbatch', service()],
  ['--continuous-log-logGroup', service()],
  ['--continuous-log-logStreamPrefix', service()],
  ['--continuous-log-conversionPattern', service()],
  ['--continuous-log-logStreamName', service()],
  ['--enable-continuous-cloudwatch-log', service()],
  ['--enable-continuous-log-filter', service()],
  ['--custom-logGroup-prefix', service()],
  ['--custom-logStream-prefix', service()],
  ['--disable-proxy-v2', service()],
  ['--enable-auto-scaling', service()],
  ['--enable-glue-datacatalog', service()],
  ['--enable-metrics', service()],
  ['--enable-job-insights', service()],
  ['--enable-observability-metrics', service()],
  [
    '--enable-lakeformation-fine-grained-access',
    service('Lake Formation hands out no access here: the run reads with the rights of the connection.'),
  ],
  ['--enable-rename-algorithm-v2', service()],
  ['--use-postgres-driver', service()],
  ['--enable-s3-parquet-optimized-committer', service()],
  ['--enable-spark-ui', service()],
  ['--enable-spark-ui-legacy-path', service()],
  ['--spark-event-logs-path', service()],
  ['--encryption-type', service()],
  ['--security-configuration', service()],
]);

/** How a run on this machine uses an argument of this key. */
export function argumentUse(key: string): ArgumentUse {
  return uses.get(key) ?? script;
}
