import { anyOf } from '../../language/words.ts';
import type { StageFacts, StageJob } from '../facts/facts.ts';
import { at, type WorkspaceRule } from './rule.ts';

export const stageParameter: WorkspaceRule = {
  id: 'glue/stage-parameter',
  severity: 'warning',
  sources: [],
  docs: {
    what: 'A file of stages gives each job the same parameters in every stage.',
    why: 'What one stage lacks fails only when that stage is deployed, most often production.',
    bad: 'dev:\n  jobs:\n    Load: { input: s3://dev/in, output: s3://dev/out }\nprod:\n  jobs:\n    Load: { input: s3://prod/in }',
    good: 'dev:\n  jobs:\n    Load: { input: s3://dev/in, output: s3://dev/out }\nprod:\n  jobs:\n    Load: { input: s3://prod/in, output: s3://prod/out }',
    aws: 'Not asked: the program that reads the file fails with a KeyError.',
  },
  check: ({ file: { stages } }, report) => {
    for (const stage of stages) {
      const others = stages.filter((other) => other !== stage);
      for (const job of stage.jobs) {
        const missing = missingIn(job, others);
        if (missing.length === 0) continue;
        const having = others.filter((other) => missing.some(({ stage: one }) => one === other));
        report({
          at: at(job.spot),
          message: `${stage.name} gives ${job.name} no ${anyOf(
            missing.map(({ name }) => name),
            'and',
          )}; ${anyOf(
            having.map(({ name }) => name),
            'and',
          )} ${having.length === 1 ? 'does' : 'do'}.`,
          related: missing.map(({ spot, name, stage: one }) => ({
            at: at(spot),
            message: `${one.name} has ${name} here.`,
          })),
        });
      }
    }
  },
};

function missingIn({ name, parameters }: StageJob, others: readonly StageFacts[]) {
  const own = new Set(parameters.map((parameter) => parameter.name));
  const missing = new Map<
    string,
    { readonly name: string; readonly spot: StageJob['spot']; readonly stage: StageFacts }
  >();
  for (const stage of others) {
    for (const job of stage.jobs) {
      if (job.name !== name) continue;
      for (const parameter of job.parameters) {
        if (!own.has(parameter.name) && !missing.has(parameter.name)) {
          missing.set(parameter.name, { name: parameter.name, spot: parameter.spot, stage });
        }
      }
    }
  }
  return [...missing.values()];
}
