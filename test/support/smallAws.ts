import type { Clock } from '../../src/core/base/clock.ts';
import { awsError, scriptedAws, type ScriptedAnswer, type ScriptedAws, type ScriptedRequest } from './scriptedAws.ts';

interface JobRun {
  readonly Id: string;
  readonly StartedOn: number;
  readonly Arguments: unknown;
}

interface Execution {
  readonly executionArn: string;
  readonly input: string;
  readonly startDate: number;
  status: string;
}

export interface SmallAws extends ScriptedAws {
  readonly jobRuns: JobRun[];
  readonly workflowRuns: {
    readonly WorkflowRunId: string;
    readonly StartedOn: number;
    readonly WorkflowRunProperties: unknown;
  }[];
  readonly executions: Map<string, Execution>;
  /** What happens right after a job run was accepted, for instance somebody else's start. */
  afterStart: () => void;
  /** Starts a job run as somebody else would. */
  startElsewhere(args: unknown): void;
}

export const expressArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:express';
export const standardArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:orders';

/** An endpoint with 450 jobs that starts what it is told to and keeps count, with AWS's rules for names. */
export async function smallAws(clock: Clock, pageSize = 200): Promise<SmallAws> {
  const jobRuns: JobRun[] = [];
  const workflowRuns: SmallAws['workflowRuns'] = [];
  const executions = new Map<string, Execution>();
  const nowSeconds = (): number => clock.now() / 1000;
  const start = (args: unknown): string => {
    const Id = `jr_${jobRuns.length + 1}`;
    jobRuns.unshift({ Id, StartedOn: nowSeconds(), Arguments: args ?? {} });
    return Id;
  };
  const json = (answer: unknown): ScriptedAnswer => ({
    json: answer,
    headers: { date: new Date(clock.now()).toUTCString() },
  });

  function answer({ operation, input }: ScriptedRequest): ScriptedAnswer {
    switch (operation) {
      case 'GetJobs': {
        const from = Number(input['NextToken'] ?? 0);
        const Jobs = Array.from({ length: Math.min(pageSize, 450 - from) }, (_, index) => ({
          Name: `job-${from + index}`,
        }));
        return json({ Jobs, ...(from + pageSize < 450 ? { NextToken: String(from + pageSize) } : {}) });
      }
      case 'StartJobRun': {
        const JobRunId = start(input['Arguments']);
        server.afterStart();
        return json({ JobRunId });
      }
      case 'GetJobRuns':
        return json({ JobRuns: jobRuns });
      case 'StartWorkflowRun': {
        const RunId = `wr_${workflowRuns.length + 1}`;
        workflowRuns.unshift({
          WorkflowRunId: RunId,
          StartedOn: nowSeconds(),
          WorkflowRunProperties: { team: 'orders', ...(input['RunProperties'] as object) },
        });
        return json({ RunId });
      }
      case 'GetWorkflowRuns':
        return json({ Runs: workflowRuns });
      case 'StartExecution': {
        const arn = `arn:aws:states:us-east-1:123456789012:execution:orders:${String(input['name'])}`;
        const there = executions.get(arn);
        if (there && (there.status !== 'RUNNING' || there.input !== input['input'])) {
          return awsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
        }
        const execution = there ?? {
          executionArn: arn,
          input: String(input['input']),
          startDate: nowSeconds(),
          status: 'RUNNING',
        };
        executions.set(arn, execution);
        return json({ executionArn: arn, startDate: execution.startDate });
      }
      case 'DescribeExecution': {
        const execution = executions.get(String(input['executionArn']));
        return execution ? json(execution) : awsError('ExecutionDoesNotExist', 'Execution Does Not Exist');
      }
      case 'DescribeStateMachine': {
        const arn = String(input['stateMachineArn']);
        return json({
          stateMachineArn: arn,
          name: 'orders',
          type: arn === expressArn ? 'EXPRESS' : 'STANDARD',
          definition: '{}',
        });
      }
      default:
        return awsError('UnknownOperationException', '');
    }
  }

  const server: SmallAws = Object.assign(await scriptedAws(answer), {
    jobRuns,
    workflowRuns,
    executions,
    afterStart: () => undefined,
    startElsewhere: (args: unknown) => void start(args),
  });
  return server;
}
