import type { LocalJob } from './job.ts';
import { argumentUse } from './serviceArguments.ts';

/** Things of a script that AWS's image does not have. https://docs.aws.amazon.com/glue/latest/dg/develop-local-docker-image.html */
const scriptWarnings: readonly { readonly pattern: RegExp; readonly warning: string }[] = [
  {
    pattern: /\bawsgluedq\b|\bEvaluateDataQuality\b/,
    warning: 'AWS Glue Data Quality (awsgluedq) is not in the image: the script fails where it is imported.',
  },
  { pattern: /\bFillMissingValues\b/, warning: 'FillMissingValues works on AWS only.' },
  { pattern: /\bFindMatches\b|\bFindIncrementalMatches\b/, warning: 'FindMatches works on AWS only.' },
  { pattern: /["']glueparquet["']|\buseGlueParquetWriter\b/, warning: "Glue's own Parquet writer works on AWS only." },
  {
    pattern: /["']optimizePerformance["']/,
    warning: 'The SIMD reader for CSV (optimizePerformance) works on AWS only.',
  },
  {
    pattern: /\bcustomJdbcDriverS3Path\b/,
    warning: 'customJdbcDriverS3Path works on AWS only: name the driver in --extra-jars.',
  },
  {
    pattern: /\bEntityDetector\b|\bDetectSensitiveData\b/,
    warning: 'The detection of sensitive data works on AWS only.',
  },
];

/** What will be different from AWS, each in a sentence, for the beginning of the run. */
export function localWarnings({
  job,
  scriptText,
}: {
  readonly job: LocalJob;
  readonly scriptText: string;
}): readonly string[] {
  const code = scriptText.replace(/^\s*#.*$/gm, '');
  const ofArguments = Object.keys(job.arguments).flatMap((key) => {
    const use = argumentUse(key);
    return use.kind === 'service' && use.warning !== undefined ? [use.warning] : [];
  });
  const bookmark = job.arguments['--job-bookmark-option'];
  const keepsBookmarks = bookmark !== undefined && bookmark !== 'job-bookmark-disable';
  return [
    ...(keepsBookmarks ? ['Job bookmarks are not kept on this machine: the run reads all of its input.'] : []),
    ...ofArguments,
    ...scriptWarnings.filter(({ pattern }) => pattern.test(code)).map(({ warning }) => warning),
  ];
}
