/** A piece of JSON text that formatting leaves as it is. */
export interface FormatToken {
  readonly kind: 'open' | 'close' | 'comma' | 'colon' | 'value' | 'lineComment' | 'blockComment';
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /"(?:[^"\\\r\n]|\\[^\r\n])*"?|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|\$\{[^{}\r\n]*\}|#\{[^{}\r\n]*\}|\{\{[^{}\r\n]*\}\}|[{}[\],:]|[^\s{}[\],:"/]+|\//g;

/** All of the text but its blanks, placeholders such as `${Timeout}` in one piece. */
export function formatTokens(text: string): readonly FormatToken[] {
  return [...text.matchAll(TOKEN)].map(({ 0: token, index }) => ({
    kind: kindOf(token),
    start: index,
    end: index + token.length,
  }));
}

function kindOf(token: string): FormatToken['kind'] {
  if (token === '{' || token === '[') return 'open';
  if (token === '}' || token === ']') return 'close';
  if (token === ',') return 'comma';
  if (token === ':') return 'colon';
  if (token.startsWith('//')) return 'lineComment';
  return token.startsWith('/*') ? 'blockComment' : 'value';
}
