import { describe, expect, it } from 'vitest';
import { placeDiagnostics, toSentDefinition, type AwsDiagnostic } from '../../../../src/core/asl/awsValidation.ts';
import { definitionsIn, type AslDefinition, type DocumentOptions } from '../../../../src/core/asl/index.ts';

const said = (location: string): AwsDiagnostic => ({
  severity: 'ERROR',
  code: 'SCHEMA_VALIDATION_FAILED',
  message: 'Wrong.',
  location,
});

function only(text: string, options: DocumentOptions): AslDefinition {
  const [found] = definitionsIn(text, options);
  if (!found) throw new Error('There is no definition.');
  return found;
}

/** The text that each diagnostic underlines. */
function underlined(definition: AslDefinition, ...locations: string[]): string[] {
  const { lines, text } = definition;
  return placeDiagnostics(definition, locations.map(said)).map(({ range }) =>
    text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end)),
  );
}

describe('what AWS says of a definition', () => {
  const text = `{
  "StartAt": "All",
  "States": {
    "All": {
      "Type": "Parallel",
      "Branches": [{
        "StartAt": "a/b",
        "States": { "a/b": {
          "Type": "Task",
          "Resource": "arn:aws:states:::glue:startJobRun.sync",
          "Parameters": { "JobName": "x" },
          "End": true
        } }
      }],
      "End": true
    }
  }
}`;

  it('is underlined at the field that its location names, or at what is nearest to it', () => {
    const definition = only(text, { fileName: 'm.asl.json' });
    expect(
      underlined(definition, '/States/All/Branches[0]/States/a/b/Resource', '/States/All/Branches/0', '/States/No', ''),
    ).toEqual(['"Resource"', expect.stringMatching(/^\{/), '"States"', '{']);
  });

  it('is not told twice where the editor says it already', () => {
    const wrong = only(text.replace('"End": true\n    }', '"Next": "Gone"\n    }'), { fileName: 'm.asl.json' });
    expect(underlined(wrong, '/States/All/Next')).toEqual([]);
    expect(underlined(wrong, '/StartAt')).toEqual(['"StartAt"']);
  });
});

describe('the text that AWS gets', () => {
  it('is the file as it is, and JSON for YAML', () => {
    const json = '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}';
    expect(toSentDefinition(only(json, { fileName: 'm.asl.json' }))).toBe(json);
    const yaml = 'StartAt: A\nStates:\n  A: {Type: Succeed}\n';
    expect(JSON.parse(toSentDefinition(only(yaml, { fileName: 'm.asl.yaml' })))).toEqual(JSON.parse(json));
  });

  it('has something plausible for what only the program knows', () => {
    const program = `D = {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": fn.arn, "TimeoutSeconds": t, "End": True}}}\n`;
    expect(JSON.parse(toSentDefinition(only(program, { fileName: 'm.py' })))).toEqual({
      StartAt: 'A',
      States: {
        A: {
          Type: 'Task',
          Resource: 'arn:aws:lambda:us-east-1:123456789012:function:placeholder',
          TimeoutSeconds: 1,
          End: true,
        },
      },
    });
  });
});
