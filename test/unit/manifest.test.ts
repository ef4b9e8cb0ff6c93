import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands, type Command } from '../../src/extension/commands.ts';
import { contextKeys } from '../../src/extension/contextKeys.ts';
import { settings, type SettingSpec } from '../../src/extension/settings.ts';
import { itemFacts } from '../../src/views/itemFacts.ts';

interface MenuItem {
  command?: string;
  submenu?: string;
  when?: string;
}

interface Manifest {
  main: string;
  activationEvents?: string[];
  capabilities: { untrustedWorkspaces: { supported: unknown; restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string; title: string; category: string; enablement?: string }[];
    menus: Record<string, MenuItem[]>;
    keybindings?: { command: string; when?: string }[];
    viewsWelcome: { view: string; contents: string; when?: string }[];
    walkthroughs?: {
      steps: { description: string; when?: string; completionEvents: string[]; media: Record<string, unknown> }[];
    }[];
    views: Record<string, { id: string; icon: string; when?: string }[]>;
    viewsContainers: Record<string, { icon: string }[]>;
    languages: { id: string; configuration?: string }[];
    grammars: { path: string }[];
    configuration: { properties: Record<string, { default: unknown; scope?: string; enum?: unknown[] }> };
  };
}

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const { contributes } = manifest;
const tableCommands = Object.entries<Command>(commands).map(([name, command]) => ({
  id: `sluice.${name}`,
  ...command,
}));
const ids = tableCommands.map(({ id }) => id);

const menuItems = Object.values(contributes.menus).flat();
const whens = [
  ...menuItems.map(({ when }) => when),
  ...contributes.commands.map(({ enablement }) => enablement),
  ...(contributes.keybindings ?? []).map(({ when }) => when),
  ...contributes.viewsWelcome.map(({ when }) => when),
  ...(contributes.walkthroughs ?? []).flatMap(({ steps }) => steps.map(({ when }) => when)),
  ...(contributes.walkthroughs ?? []).flatMap(({ steps }) =>
    steps.flatMap(({ completionEvents }) => completionEvents.filter((event) => event.startsWith('onContext:'))),
  ),
  ...Object.values(contributes.views).flatMap((views) => views.map(({ when }) => when)),
].filter((when) => when !== undefined);

const sorted = (words: Iterable<string>): string[] => [...new Set(words)].sort();

describe('commands', () => {
  it('are the same in package.json and in the table, with the same titles', () => {
    const declared = contributes.commands.map(({ command, title }) => ({ id: command, title }));
    const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
    expect(declared.sort(byId)).toEqual(tableCommands.map(({ id, title }) => ({ id, title })).sort(byId));
  });

  it('belong to the category Sluice, and titles start with a capital', () => {
    for (const { title, category } of contributes.commands) {
      expect(category).toBe('Sluice');
      expect(title).toMatch(/^[A-Z]/);
    }
  });

  it('have a file of their name', () => {
    for (const name of Object.keys(commands)) {
      expect(existsSync(join(root, `src/extension/commands/${name}.ts`)), name).toBe(true);
    }
  });

  it('are hidden from the palette exactly where the table says so', () => {
    const hidden = (contributes.menus['commandPalette'] ?? []).filter(({ when }) => when === 'false');
    expect(sorted(hidden.map(({ command }) => command ?? ''))).toEqual(
      sorted(tableCommands.filter(({ palette }) => palette === false).map(({ id }) => id)),
    );
  });

  it('that menus, keys, welcome views and walkthroughs name exist', () => {
    const linked = [...text.matchAll(/command:(sluice\.\w+)/g)].map(([, id]) => id ?? '');
    const named = [...menuItems, ...(contributes.keybindings ?? [])].flatMap(({ command }) => command ?? []);
    for (const id of [...linked, ...named.filter((name) => name.startsWith('sluice.'))]) expect(ids).toContain(id);
  });
});

describe('settings', () => {
  const table = Object.entries<SettingSpec<unknown>>(settings);

  it('are the same in package.json and in the table, with the same default, scope and choices', () => {
    const declared = Object.entries(contributes.configuration.properties).map(([name, property]) => [
      name,
      { default: property.default, scope: property.scope ?? 'window', values: property.enum },
    ]);
    const coded = table.map(([name, spec]) => [
      `sluice.${name}`,
      { default: spec.default, scope: spec.scope, values: spec.values },
    ]);
    expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(coded));
  });

  it('read their own default', () => {
    for (const [name, spec] of table) expect(spec.read(spec.default), name).toEqual(spec.default);
  });

  it('that a workspace without trust may not set are the same in both', () => {
    const restricted = table.filter(([, spec]) => spec.restricted).map(([name]) => `sluice.${name}`);
    expect(sorted(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations)).toEqual(sorted(restricted));
  });
});

describe('context keys and row facts', () => {
  it('used in when clauses are those of the table', () => {
    const used = whens.flatMap((when) => when.match(/\bsluice\.[\w.]+/g) ?? []);
    const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id));
    const keys = used.filter((word) => !views.includes(word) && !ids.includes(word));
    expect(sorted(keys)).toEqual(sorted(Object.keys(contextKeys)));
  });

  it('asked for with viewItem are whole words of the table, and each is asked for somewhere', () => {
    const used = whens.flatMap((when) => [...when.matchAll(/viewItem\s*(\S+)\s*(\S+)/g)]);
    const words = used.map(([clause, operator, operand]) => {
      expect(clause).toMatch(/^viewItem =~ \/\\b\w+\\b\//);
      expect(operator).toBe('=~');
      return /\\b(\w+)\\b/.exec(operand ?? '')?.[1] ?? '';
    });
    expect(sorted(words)).toEqual(sorted(itemFacts));
  });
});

describe('activation and files', () => {
  it('never happens for everything', () => {
    expect(manifest.activationEvents ?? []).not.toContain('*');
  });

  it('names files that are there', () => {
    const media = (contributes.walkthroughs ?? []).flatMap(({ steps }) =>
      steps.flatMap(({ media: { image, svg, markdown } }) =>
        [image, svg, markdown].flatMap((file) => (typeof file === 'object' ? Object.values(file ?? {}) : file)),
      ),
    );
    const files = [
      ...Object.values(contributes.views).flatMap((views) => views.map(({ icon }) => icon)),
      ...Object.values(contributes.viewsContainers).flatMap((containers) => containers.map(({ icon }) => icon)),
      ...contributes.languages.flatMap(({ configuration }) => configuration ?? []),
      ...contributes.grammars.map(({ path }) => path),
      ...media.filter((file): file is string => typeof file === 'string'),
    ];
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
  });
});
