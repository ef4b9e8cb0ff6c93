import { quote } from '../../language/words.ts';
import { at, type WorkspaceRule } from './rule.ts';

export const jobRunMember: WorkspaceRule = {
  id: 'glue/job-run-member',
  severity: 'warning',
  sources: [],
  docs: {
    what: 'A state after a Glue task reads what the result of the task has.',
    why: 'The output of `glue:startJobRun.sync` is the description of the run (JobRunState, Arguments, ExecutionTime, …), in the place of the input where there is no `ResultPath`.',
    bad: '{"Load": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "load"}, "Next": "Keep"}, "Keep": {"Type": "Pass", "InputPath": "$.result", "End": true}}',
    good: '{"Load": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "load"}, "ResultPath": "$.run", "Next": "Keep"}, "Keep": {"Type": "Pass", "InputPath": "$.run", "End": true}}',
    aws: 'States.Runtime: "Invalid path \'$.result\'"; the execution fails.',
  },
  check: ({ file }, report) => {
    for (const { path, member, task, span } of file.strayMembers) {
      report({
        at: at(span),
        message: `The result of ${task}, which is the input here, has no ${quote(member)}, so ${path} fails: a job run has JobRunState, Arguments and the like. Give ${task} a ResultPath to keep its input.`,
      });
    }
  },
};
