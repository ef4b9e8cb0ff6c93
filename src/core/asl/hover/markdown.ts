/** Text as code; what would end it is replaced. */
export function codeSpan(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll(/\s+/g, ' ')}\``;
}

/** Text that Markdown shows as it is. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!<>|~]/g, '\\$&');
}

/** `1 h 30 min`, `2 days`: a number of seconds in the units that people use. */
export function describeSeconds(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const;
  let rest = Math.round(seconds);
  const words: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count} ${unit === 'day' && count !== 1 ? 'days' : unit}`);
  }
  return words.length === 0 ? '0 s' : words.slice(0, 2).join(' ');
}
