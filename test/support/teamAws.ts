import {
  awsError,
  identityReply,
  scriptedAws,
  type ScriptedAnswer,
  type ScriptedAws,
  type ScriptedRequest,
} from './scriptedAws.ts';

/** Access keys, by which the account tells who asks. */
export const teamKeys = {
  /** May list all but Glue jobs. */
  analyst: 'AKIAANALYST',
  /** May do everything. */
  operator: 'AKIAOPERATOR',
  /** Becomes an operator with an MFA code. */
  engineer: 'AKIAENGINEER',
};

export const teamMfaCode = '123456';

export interface TeamAws extends ScriptedAws {
  /** What was asked for, in the order of the requests. */
  requestsOf(operation: string): readonly ScriptedRequest[];
}

const accountId = '111122223333';
const jobName = 'load-customers';
/** Where the script of the job is in S3, which has none yet. */
const scriptPath = '/acme-scripts/load_customers.py';
const job = {
  Name: jobName,
  Command: { Name: 'glueetl', ScriptLocation: `s3:/${scriptPath}` },
  DefaultArguments: {},
};

/** The account of a team: one Glue job, whose run goes on until it is stopped; who may do what is told by the access key. */
export async function teamAws(): Promise<TeamAws> {
  let run: { readonly startedOn: number; isStopped: boolean } | undefined;

  function answer(request: ScriptedRequest): ScriptedAnswer {
    const key = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1];
    switch (request.operation) {
      case 'GetCallerIdentity':
        return identityReply(accountId);
      case 'AssumeRole':
        return assumeRole(request);
      case 'GetJobs':
        if (key === teamKeys.analyst) return denied('glue:GetJobs');
        return { json: { Jobs: [job] } };
      case 'GetJob':
        return { json: { Job: job } };
      case 'StartJobRun':
        run = { startedOn: Date.now() / 1000, isStopped: false };
        return { json: { JobRunId: 'jr_1' } };
      case 'BatchStopJobRun':
        if (run) run.isStopped = true;
        return { json: { SuccessfulSubmissions: [{ JobName: jobName, JobRunId: 'jr_1' }], Errors: [] } };
      case 'GetJobRun':
        return { json: { JobRun: jobRun() } };
      case 'GetJobRuns':
        return { json: { JobRuns: run ? [jobRun()] : [] } };
      case 'ListWorkflows':
        return { json: { Workflows: [] } };
      case 'ListStateMachines':
        return { json: { stateMachines: [] } };
      case `PUT ${scriptPath}?x-id=PutObject`:
        return { json: {}, headers: { etag: '"1"' } };
      default:
        return awsError(
          'ResourceNotFoundException',
          'There is none.',
          request.operation.startsWith('HEAD ') ? 404 : 400,
        );
    }
  }

  function jobRun(): object {
    const startedOn = run?.startedOn ?? 0;
    const ended = run?.isStopped ? { JobRunState: 'STOPPED', CompletedOn: startedOn + 5 } : { JobRunState: 'RUNNING' };
    return { Id: 'jr_1', JobName: jobName, StartedOn: startedOn, Attempt: 0, Arguments: {}, ...ended };
  }

  const server = await scriptedAws(answer);
  return Object.assign(server, {
    requestsOf: (operation: string) => server.requests.filter((request) => request.operation === operation),
  });
}

function denied(action: string): ScriptedAnswer {
  return awsError(
    'AccessDeniedException',
    `User: arn:aws:sts::${accountId}:assumed-role/analyst/ann is not authorized to perform: ${action} on resource: arn:aws:glue:eu-west-1:${accountId}:job/* because no identity-based policy allows the ${action} action`,
  );
}

function assumeRole({ input }: ScriptedRequest): ScriptedAnswer {
  if (input['TokenCode'] !== teamMfaCode) {
    const message = 'MultiFactorAuthentication failed with invalid MFA one time pass code.';
    return xml(
      `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>`,
      403,
    );
  }
  return xml(
    `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${teamKeys.operator}</AccessKeyId><SecretAccessKey>not-a-secret</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::${accountId}:assumed-role/operator/x</Arn><AssumedRoleId>A:x</AssumedRoleId></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>`,
  );
}

function xml(body: string, status = 200): ScriptedAnswer {
  return { body, type: 'text/xml', status };
}
