import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { toSetting } from '../../../src/core/workspace/localRunEntry.ts';
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

describe('two changes of one setting at the same time', () => {
  const folder = { languageId: 'python' };

  it('are both kept, and one that fails is no hindrance', async () => {
    const values: Record<string, Record<string, unknown>> = { sluice: {} };
    const slow = editor(values);
    const settings = new Settings({
      ...slow,
      // A settings file is written a while after it is asked for.
      getConfiguration: (section) => {
        const now = slow.getConfiguration(section);
        return {
          ...now,
          update: async (name: string, value: unknown) => {
            await delay(5);
            await now.update(name, value);
          },
        };
      },
    });
    const failing = settings.changeForFolder('localRuns', folder, () => {
      throw new Error('read-only');
    });
    const add = async (script: string): Promise<void> =>
      await settings.changeForFolder('localRuns', folder, (now) => [...now.map(toSetting), { script }]);
    const both = Promise.all([add('a.py'), add('b.py')]);
    await expect(failing).rejects.toThrow('read-only');
    await both;
    expect(settings.get('localRuns', folder).map(({ script }) => script)).toEqual(['a.py', 'b.py']);
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
