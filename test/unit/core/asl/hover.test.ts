import { describe, expect, it } from 'vitest';
import { hoverAt } from '../../../../src/core/asl/hover.ts';
import { openDocument } from '../../../../src/core/asl/index.ts';

/** What is said at the `¦`; the text that it is about. */
function hover(marked: string): { readonly markdown: string; readonly about: string } {
  const text = marked.replace('¦', '');
  const { machine } = openDocument(text, { languageId: 'asl' });
  const found = machine && hoverAt(machine, marked.indexOf('¦'));
  return { markdown: found?.markdown ?? '', about: found ? text.slice(found.start, found.end) : '' };
}
const machine = (state: string, language = 'JSONPath'): string =>
  `{"QueryLanguage": "${language}", "StartAt": "A", "States": {"A": ${state}, "B": {"Type": "Succeed"}}}`;

describe('hover', () => {
  it('says what a Resource calls, whether the state waits, and what it needs', () => {
    const { markdown } = hover(machine('{"Type": "Task", "Resource": "arn:aws:states:::glue:¦startJobRun.sync"}'));
    expect(markdown).toContain('waits for the job to end');
    expect(markdown).toContain('Needs `JobName`.');
    expect(
      hover(machine('{"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:glue:¦getCrawler"}')).markdown,
    ).toContain('AWS SDK integration');
  });

  it('says what a parameter takes', () => {
    const task =
      '{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun", "Parameters": {"Number¦OfWorkers": 2}}';
    expect(hover(machine(task)).markdown).toContain('**NumberOfWorkers** · number');
  });

  it('puts a Choice rule into words', () => {
    const rule =
      '{"And": [{"Variable": "$.n", "NumericGreaterThanEquals": 5}, {"Not": {"Variable": "$.day", "IsPresent": true}}], "Ne¦xt": "B"}';
    expect(hover(machine(`{"Type": "Choice", "Choices": [${rule}]}`)).markdown).toContain('B');
    const operator = '{"Variable": "$.n", "NumericGreater¦ThanEquals": 5, "Next": "B"}';
    expect(hover(machine(`{"Type": "Choice", "Choices": [${operator}]}`)).markdown).toContain(
      'When `$.n` is at least `5` → `B`',
    );
    const whole = rule.replace('¦', '').replace('"And"', '"A¦nd"');
    expect(hover(machine(`{"Type": "Choice", "Choices": [${whole}]}`)).markdown).toContain(
      'When `$.n` is at least `5` and not (`$.day` is there) → `B`',
    );
  });

  it('says how long seconds are and when a retrier tries again', () => {
    expect(hover(machine('{"Type": "Wait", "Seconds": 9¦0000}')).markdown).toContain('1 day 1 h');
    const retry =
      '{"Type": "Task", "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 30, "MaxAtt¦empts": 3, "BackoffRate": 2}]}';
    expect(hover(machine(retry)).markdown).toContain(
      'At most 3 retries, after 30 s, 1 min and 2 min: 3 min 30 s of waiting in all.',
    );
  });

  it('explains functions, variables and members of expressions, each by itself', () => {
    const at = (expression: string): ReturnType<typeof hover> =>
      hover(machine(`{"Type": "Pass", "Assign": {"day": 1}, "Output": "{% ${expression} %}"}`, 'JSONata'));
    expect(at('$cou¦nt($states.input)')).toMatchObject({ about: '$count' });
    expect(at('$count($states.context.Exec¦ution.Name)')).toMatchObject({ about: '$states.context.Execution' });
    expect(at('$count($states.context.Execution.N¦ame)').markdown).toContain('Name of the execution.');
    expect(at('$d¦ay + 1').markdown).toContain('Assigned in `A`');
    const intrinsic = `{"Type": "Pass", "Parameters": {"a.$": "States.For¦mat('{}', $$.Execution.Id)"}}`;
    expect(hover(machine(intrinsic)).markdown).toContain('each `{}` replaced');
  });

  it('reads schedules in parameters', () => {
    const task =
      '{"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:scheduler:createSchedule", "Parameters": {"ScheduleExpression": "rate(5¦ minutes)"}}';
    expect(hover(machine(task)).markdown).toContain('Runs every 5 minutes.');
  });
});
