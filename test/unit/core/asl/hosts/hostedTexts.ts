import type { DocumentOptions } from '../../../../../src/core/asl/index.ts';

const indented = (text: string, by: string): string => text.replaceAll('\n', `\n${by}`);

interface Host {
  readonly options: DocumentOptions;
  readonly write: (text: string) => string;
}

/** Ways to write the text of a definition into a file of another kind, by name. */
export const hosts: Readonly<Record<string, Host>> = {
  'block scalar': {
    options: { fileName: 't.yaml' },
    write: (text) =>
      `Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: |\n        ${indented(text, '        ')}\n      RoleArn: x\n`,
  },
  'block scalar of Fn::Sub': {
    options: { fileName: 't.yaml' },
    write: (text) =>
      `Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: !Sub |\n        ${indented(text, '        ')}\n`,
  },
  'JSON string': {
    options: { fileName: 't.template.json' },
    write: (text) =>
      JSON.stringify({
        Resources: { M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: text } } },
      }),
  },
  'Python text': { options: { fileName: 'm.py' }, write: (text) => `D = r"""\n${text}\n"""\n` },
  'Python text with escapes': {
    options: { fileName: 'm.py' },
    write: (text) => `D = '''${text.replaceAll('\\', '\\\\')}'''\n`,
  },
  'Python format string': {
    options: { fileName: 'm.py' },
    write: (text) => `D = rf"""${text.replaceAll(/[{}]/g, '$&$&')}"""\n`,
  },
  'template literal': {
    options: { fileName: 'm.ts' },
    write: (text) => `const d = \`${text.replaceAll('\\', '\\\\')}\`;\n`,
  },
  'TypeScript string': {
    options: { fileName: 'm.ts' },
    write: (text) => `const d = '${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}';\n`,
  },
  heredoc: {
    options: { fileName: 'm.tf' },
    write: (text) =>
      `resource "aws_sfn_state_machine" "m" {\n  definition = <<-EOT\n    ${indented(text, '    ')}\n  EOT\n}\n`,
  },
};
