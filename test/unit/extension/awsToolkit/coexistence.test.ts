import { describe, expect, it } from 'vitest';
import { textAssociations } from '../../../../src/extension/awsToolkit/coexistence.ts';

describe('textAssociations', () => {
  it('opens every kind of definition as text', () => {
    expect(textAssociations({ '*.md': 'vscode.markdown.preview.editor' })).toEqual({
      '*.asl.json': 'default',
      '*.asl.yaml': 'default',
      '*.asl.yml': 'default',
    });
  });

  it('leaves alone what the user has chosen', () => {
    const chosen = { '*.asl.json': 'workflowStudio.asl', '*.asl.yaml': 'default', '*.asl.yml': 'default' };
    expect(textAssociations(chosen)).toEqual({});
  });
});
