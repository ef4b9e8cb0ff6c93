import { STATE_SNIPPETS } from './completion/stateSnippets.ts';
import { writeJsonSnippet, writeYamlSnippet } from './completion/writeSnippet.ts';
import type { Format } from '../language/edit.ts';
import { QUERY_LANGUAGES } from './model.ts';

/** The text of snippets/asl.json and snippets/asl-yaml.json, as VS Code wants snippets of a language. */
export function snippetsFile(format: Format): string {
  const entries = STATE_SNIPPETS.flatMap(({ prefix, title, doc, states }) =>
    QUERY_LANGUAGES.map((language) => {
      // Tabs stand for one step of whatever indentation the editor has; in YAML, where two spaces are two spaces, not.
      const text =
        format === 'yaml' ? writeYamlSnippet(states[language], '  ') : writeJsonSnippet(states[language], '\t');
      return [
        `${title} (${language})`,
        { prefix: `${prefix}-${language.toLowerCase()}`, description: doc, body: text.split('\n') },
      ] as const;
    }),
  );
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
}
