import { scriptKey } from '../names.ts';
import type { JobPlan, ScaffoldFile, ScaffoldPlan } from '../scaffold.ts';
import { jobSettings } from '../settings.ts';

/** A template, which sam and the aws CLI deploy. */
export function cloudFormationFiles({ job, machine }: ScaffoldPlan): readonly ScaffoldFile[] {
  const text = [
    'AWSTemplateFormatVersion: "2010-09-09"',
    `Description: ${machine?.name ?? job?.name ?? ''}`,
    ...(job
      ? [
          'Parameters:',
          '  ScriptBucket:',
          '    Type: String',
          `    Default: ${job.bucket}`,
          '    Description: The bucket that the script is kept in.',
        ]
      : []),
    'Resources:',
    ...(job ? jobLines(job) : []),
    ...(machine ? machineLines(machine.name, job) : []),
  ];
  const file = { path: 'template.yaml', text: `${text.join('\n')}\n` };
  return [machine || !job ? { ...file, isMain: true } : file];
}

function roleLines(id: string, service: string, rights: readonly string[]): readonly string[] {
  return [
    `  ${id}:`,
    '    Type: AWS::IAM::Role',
    '    Properties:',
    '      AssumeRolePolicyDocument:',
    '        Version: "2012-10-17"',
    '        Statement:',
    '          - Effect: Allow',
    `            Principal: { Service: ${service} }`,
    '            Action: sts:AssumeRole',
    ...rights,
  ];
}

function jobLines(job: JobPlan): readonly string[] {
  const { command, pythonVersion, glueVersion, workers, maxCapacity, timeoutMinutes } = jobSettings(job);
  return [
    ...roleLines('JobRole', 'glue.amazonaws.com', [
      '      ManagedPolicyArns:',
      '        - !Sub arn:${AWS::Partition}:iam::aws:policy/service-role/AWSGlueServiceRole',
      '      Policies:',
      '        - PolicyName: script',
      '          PolicyDocument:',
      '            Version: "2012-10-17"',
      '            Statement:',
      '              - Effect: Allow',
      '                Action: s3:GetObject',
      '                Resource: !Sub arn:${AWS::Partition}:s3:::${ScriptBucket}/*',
    ]),
    '  Job:',
    '    Type: AWS::Glue::Job',
    '    Properties:',
    `      Name: ${job.name}`,
    '      Role: !GetAtt JobRole.Arn',
    '      Command:',
    `        Name: ${command}`,
    `        ScriptLocation: !Sub s3://\${ScriptBucket}/${scriptKey(job)}`,
    `        PythonVersion: "${pythonVersion}"`,
    ...(glueVersion === undefined ? [] : [`      GlueVersion: "${glueVersion}"`]),
    ...(workers ? [`      WorkerType: ${workers.type}`, `      NumberOfWorkers: ${workers.count}`] : []),
    ...(maxCapacity === undefined ? [] : [`      MaxCapacity: ${maxCapacity}`]),
    `      Timeout: ${timeoutMinutes}`,
    '      MaxRetries: 0',
  ];
}

function machineLines(name: string, job: JobPlan | undefined): readonly string[] {
  const rights = [
    '      Policies:',
    '        - PolicyName: run-the-job',
    '          PolicyDocument:',
    '            Version: "2012-10-17"',
    '            Statement:',
    '              - Effect: Allow',
    '                Action: [glue:StartJobRun, glue:GetJobRun, glue:GetJobRuns, glue:BatchStopJobRun]',
    '                Resource: !Sub arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:job/${Job}',
  ];
  const states = job
    ? [
        '        StartAt: RunJob',
        '        States:',
        '          RunJob:',
        '            Type: Task',
        '            Resource: arn:aws:states:::glue:startJobRun.sync',
        '            Arguments:',
        '              JobName: !Ref Job',
        '            TimeoutSeconds: 7200',
        '            Retry:',
        '              - ErrorEquals: [Glue.ConcurrentRunsExceededException]',
        '                IntervalSeconds: 60',
        '                MaxAttempts: 5',
        '                BackoffRate: 2',
        '            Next: Done',
      ]
    : [
        '        StartAt: Prepare',
        '        States:',
        '          Prepare:',
        '            Type: Pass',
        '            Output:',
        '              startedAt: "{% $states.context.State.EnteredTime %}"',
        '            Next: Done',
      ];
  return [
    ...roleLines('MachineRole', 'states.amazonaws.com', job ? rights : []),
    '  StateMachine:',
    '    Type: AWS::StepFunctions::StateMachine',
    '    Properties:',
    `      StateMachineName: ${name}`,
    '      RoleArn: !GetAtt MachineRole.Arn',
    '      Definition:',
    '        QueryLanguage: JSONata',
    ...states,
    '          Done:',
    '            Type: Succeed',
  ];
}
