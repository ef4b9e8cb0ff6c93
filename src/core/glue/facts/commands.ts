/** What runs a job: the values of `Command.Name`. */
export type JobType = 'glueetl' | 'gluestreaming' | 'pythonshell' | 'glueray';

export interface JobTypeFacts {
  readonly title: string;
  readonly doc: string;
  /** What `Command.PythonVersion` says for it. */
  readonly pythonVersion: string;
}

/** https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html#aws-glue-api-jobs-job-JobCommand */
export const JOB_TYPES: Readonly<Record<JobType, JobTypeFacts>> = {
  glueetl: {
    title: 'Spark ETL',
    doc: 'An Apache Spark batch job.',
    pythonVersion: '3',
  },
  gluestreaming: {
    title: 'Spark streaming',
    doc: 'An Apache Spark Structured Streaming job, which runs until it is stopped.',
    pythonVersion: '3',
  },
  pythonshell: {
    title: 'Python shell',
    doc: 'A Python 3.9 script on a single node of 0.0625 or 1 DPU, without Spark.',
    pythonVersion: '3.9',
  },
  glueray: {
    title: 'Ray',
    doc: 'A Ray job. AWS has closed Ray jobs to new customers.',
    pythonVersion: '3.9',
  },
};

export function isJobType(name: string | undefined): name is JobType {
  return name !== undefined && Object.hasOwn(JOB_TYPES, name);
}

export function isSparkType(type: JobType | undefined): boolean {
  return type === 'glueetl' || type === 'gluestreaming';
}
