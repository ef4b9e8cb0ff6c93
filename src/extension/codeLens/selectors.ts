import type { DocumentSelector } from 'vscode';

/** Documents that lenses are shown on. */
export const lensSelectors = {
  definitions: [{ language: 'asl' }, { language: 'asl-yaml' }, { pattern: '**/*.asl.{json,yaml,yml}' }],
  configs: [{ pattern: '**/*.glue.json' }],
  scripts: [{ language: 'python' }, { language: 'scala' }, { pattern: '**/*.{py,scala}' }],
  hosts: [{ pattern: '**/*.{py,ts,mts,js,mjs,tf,tofu,yaml,yml,json,template}' }],
  inputs: [{ language: 'json', scheme: 'untitled' }],
} satisfies Readonly<Record<string, DocumentSelector>>;
