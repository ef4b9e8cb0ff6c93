import { describe, expect, it } from 'vitest';
import { EditorAssociations, Settings } from '../../../src/extension/settings.ts';

/** Settings files by section, as VS Code merges them. */
function editor(values: Record<string, Record<string, unknown>>) {
  return {
    getConfiguration: (section: string) => ({
      get: (name: string) => values[section]?.[name] as never,
      inspect: (name: string) => ({ key: name, globalValue: values[section]?.[name] as never }),
      update: async (name: string, value: unknown) => {
        values[section] = { ...values[section], [name]: value };
      },
    }),
    onDidChangeConfiguration: () => ({ dispose: () => undefined }),
  };
}

describe('Settings', () => {
  it('gives what the user set', () => {
    expect(new Settings(editor({ sluice: { protectedProfiles: ['live'] } })).get('protectedProfiles')).toEqual([
      'live',
    ]);
  });

  it('gives the default for what is of no use, so that a typing error unprotects nothing', () => {
    const settings = (value: unknown) => new Settings(editor({ sluice: { protectedProfiles: value } }));
    for (const value of [undefined, null, 'prod', [1], {}]) {
      expect(settings(value).get('protectedProfiles')).toContain('prod');
    }
  });

  it('knows the words of a choice only', () => {
    expect(new Settings(editor({ sluice: { initialConnection: 'local' } })).get('initialConnection')).toBe('local');
    expect(new Settings(editor({ sluice: { initialConnection: 'prod' } })).get('initialConnection')).toBe('none');
  });
});

describe('EditorAssociations', () => {
  it('adds to what the user has', async () => {
    const values = { workbench: { editorAssociations: { '*.md': 'preview' } } };
    const associations = new EditorAssociations(editor(values));
    await associations.add({ '*.asl.json': 'default' });
    expect(associations.get()).toEqual({ '*.md': 'preview', '*.asl.json': 'default' });
  });
});
