import { describe, expect, it } from 'vitest';
import { HostedDocument, type Finding } from '../../../../../src/core/asl/index.ts';
import { applyChanges, type TextChange } from '../../../../../src/core/language/lineIndex.ts';
import { hosts } from './hostedTexts.ts';

const TIME_MS = 300;

const definition = JSON.stringify(
  {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemProcessor: {
          StartAt: 'Load',
          States: {
            Load: {
              Type: 'Task',
              Resource: 'arn:aws:states:::glue:startJobRun.sync',
              Parameters: { 'JobName.$': '$.name', 'Id.$': "States.Format('{}', $.id)" },
              Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }],
              End: true,
            },
          },
        },
        Next: 'Decide',
      },
      Decide: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericGreaterThan: 3, Next: 'Each' }], Default: 'Done' },
      Done: { Type: 'Succeed', Comment: 'It is \\ "done"' },
    },
  },
  undefined,
  2,
);

/** The file's own syntax: objects in it are definitions as well. */
const objects = {
  Python: {
    options: { fileName: 'm.py' },
    write: (text: string) => `D = json.dumps(${text.replaceAll('true', 'True')})\n`,
  },
  TypeScript: { options: { fileName: 'm.ts' }, write: (text: string) => `const d = JSON.stringify(${text});\n` },
  Terraform: {
    options: { fileName: 'm.tf' },
    write: (text: string) => `resource "aws_sfn_state_machine" "m" {\n  definition = jsonencode(${text})\n}\n`,
  },
  CloudFormation: {
    options: { fileName: 't.json' },
    write: (text: string) =>
      `{"Resources": {"M": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"Definition": ${text}}}}}`,
  },
};

/** A repeatable source of numbers in [0, 1): mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function randomChange(text: string, random: () => number): TextChange {
  const pieces = ['"', '{', '}', ',', ':', '\n', '\\', "'", '$', 'Next', '[', ']', ' ', '"Next": "Done",', '`', '%}'];
  const offset = Math.floor(random() * (text.length + 1));
  const isRemoval = random() < 0.5;
  return {
    offset,
    length: isRemoval ? Math.floor(random() * Math.min(12, text.length - offset)) : 0,
    text: isRemoval ? '' : (pieces[Math.floor(random() * pieces.length)] ?? ''),
  };
}

const inOrder = (findings: readonly Finding[]): string[] =>
  findings
    .map(({ code, message, range: { start, end } }) =>
      [start.line, start.character, end.line, end.character, code, message].join(' '),
    )
    .sort();

describe('a definition in another file that is edited at random', () => {
  it.each(Object.entries({ ...hosts, ...objects }))('%s: is found and checked as if it were read anew', (_, host) => {
    const { options, write } = host;
    const random = randomFrom(7);
    const until = performance.now() + TIME_MS;
    let text = write(definition);
    let document = new HostedDocument(text, options);
    expect(document.definitions).toHaveLength(1);
    for (let count = 0; performance.now() < until; count++) {
      // Past some point everything is broken: begin again.
      if (count % 12 === 11) {
        text = write(definition);
        document = new HostedDocument(text, options);
      }
      const change = randomChange(text, random);
      text = applyChanges(text, [change]);
      document.edit([change]);
      const fresh = new HostedDocument(text, options);
      expect(inOrder(document.findings()), JSON.stringify(change)).toEqual(inOrder(fresh.findings()));
      for (const { range } of document.findings()) {
        expect(document.lines.offsetAt(range.end)).toBeGreaterThanOrEqual(document.lines.offsetAt(range.start));
      }
    }
  });
});
