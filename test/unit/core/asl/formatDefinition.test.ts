import { describe, expect, it } from 'vitest';
import { formatDefinition } from '../../../../src/core/asl/formatDefinition.ts';
import { definitionsIn } from '../../../../src/core/asl/index.ts';
import { applyChanges } from '../../../../src/core/language/lineIndex.ts';

/** The file with its first definition laid out; undefined where that is refused. */
function formatted(text: string, fileName: string): string | undefined {
  const [definition] = definitionsIn(text, { fileName });
  const changes = definition && formatDefinition(definition, '  ');
  return changes && applyChanges(text, changes);
}

function expectStable(text: string, fileName: string): void {
  expect(formatted(text, fileName)).toBe(text);
}

describe('a definition laid out where it stands', () => {
  it('keeps the quotes, commas, comments and calls of a Python program', () => {
    const text = `import json

def machine(fn):
    return json.dumps({
      'StartAt': 'A', # first
        "States": {'A' : {"Type": "Task",
              "Resource": f"arn:aws:lambda:{region}:1:function:{fn}" ,
            **common,

              "Retry": [
              {"ErrorEquals": ["States.ALL"]}], "End": True},
        },
    })
`;
    const expected = `import json

def machine(fn):
    return json.dumps({
      'StartAt': 'A', # first
      "States": {
        'A': {
          "Type": "Task",
          "Resource": f"arn:aws:lambda:{region}:1:function:{fn}",
          **common,

          "Retry": [
            {"ErrorEquals": ["States.ALL"]}
          ],
          "End": True
        },
      },
    })
`;
    expect(formatted(text, 'm.py')).toBe(expected);
    expectStable(expected, 'm.py');
  });

  it('keeps what is lined up in Terraform', () => {
    const text = `resource "aws_sfn_state_machine" "m" {
  definition = jsonencode({
    StartAt = "A"
    States = {
     A    = { Type = "Pass", Next = "B" }
        B = {
      Type = "Succeed" }
    }
  })
}
`;
    const expected = `resource "aws_sfn_state_machine" "m" {
  definition = jsonencode({
    StartAt = "A"
    States = {
      A    = { Type = "Pass", Next = "B" }
      B = {
        Type = "Succeed"
      }
    }
  })
}
`;
    expect(formatted(text, 'm.tf')).toBe(expected);
    expectStable(expected, 'm.tf');
  });

  it('keeps the indentation of a heredoc and of a block in a template, with their placeholders', () => {
    const heredoc = (body: string): string =>
      `resource "aws_sfn_state_machine" "m" {\n  definition = <<-EOT\n${body}\n  EOT\n}\n`;
    expect(
      formatted(
        heredoc(
          '    {\n      "StartAt":"A",\n    "States": {"A":\n {"Type": "Pass", "Result": "${var.x}", "End": true}}\n    }',
        ),
        'm.tf',
      ),
    ).toBe(
      heredoc(
        '    {\n      "StartAt": "A",\n      "States": {\n        "A": {"Type": "Pass", "Result": "${var.x}", "End": true}\n      }\n    }',
      ),
    );
    const sam = (body: string): string =>
      `Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      DefinitionString: !Sub |\n${body}\n      Role: x\n`;
    expect(
      formatted(
        sam('        {\n          "StartAt": "A",\n         "States": {"A": {"Type": "Succeed"}\n        }}'),
        't.yaml',
      ),
    ).toBe(
      sam(
        '        {\n          "StartAt": "A",\n          "States": {\n            "A": {"Type": "Succeed"}\n          }\n        }',
      ),
    );
  });

  it('lays out YAML of a template and leaves the rest of it alone', () => {
    const sam = (body: string): string =>
      `Resources:\n    M:\n      Type:   AWS::Serverless::StateMachine\n      Properties:\n        Definition:\n${body}        Role:   x\n`;
    const messy =
      '          StartAt:   A # first\n          States:\n              A:\n                  Type: Task\n                  Resource: !GetAtt F.Arn\n                  Comment: |\n                    two\n                      lines\n                  End:   true\n';
    const even =
      '          StartAt: A # first\n          States:\n              A:\n                  Type: Task\n                  Resource: !GetAtt F.Arn\n                  Comment: |\n                      two\n                        lines\n                  End: true\n';
    expect(formatted(sam(messy), 't.yaml')).toBe(sam(even));
    expectStable(sam(even), 't.yaml');
  });

  it('lays out JSON of a template', () => {
    const template = (body: string): string =>
      `{"Resources": {"M": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {\n  "Definition": ${body}\n}}}}\n`;
    expect(formatted(template('{\n    "StartAt":"A", "States" : {"A": {"Type": "Succeed"}}}'), 't.json')).toBe(
      template('{\n    "StartAt": "A",\n    "States": {"A": {"Type": "Succeed"}}\n  }'),
    );
  });

  it('refuses what it cannot lay out', () => {
    expect(formatted('M = \'{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}\'\n', 'm.py')).toBeUndefined();
    expect(formatted('M = """{"StartAt": "A",\n "States": {"A": }}"""\n', 'm.py')).toBeUndefined();
  });
});
