/** Commands that a tooltip may link to; the view trusts these and no other. */
export const tooltipCommands = [
  'sluice.openSource',
  'sluice.openInConsole',
  'sluice.copyArn',
  'sluice.copyName',
  'sluice.copyPolicyStatement',
] as const;

export type TooltipCommand = (typeof tooltipCommands)[number];

/** Text from outside as Markdown that shows just that text: no link, image, HTML, icon or line of its own. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/\s+/g, ' ')
      .replace(/[\\`*_{}[\]()#+\-.!|~$:@]/g, '\\$&')
      // HTML is off in tooltips; the entities keep it harmless where somebody turns it on.
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
  );
}

/** Text within a code span, whatever backticks it holds. */
export function codeSpan(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim() || ' ';
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${flat}${pad}${fence}`;
}

/** A link that runs a command with one argument. */
export function commandLink(title: string, command: TooltipCommand, argument: string): string {
  return `[${escapeMarkdown(title)}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}

/** `text` cut to `limit` characters, with an ellipsis where something was cut. */
export function shorten(text: string, limit: number): string {
  const characters = Array.from(text.replace(/\s+/g, ' ').trim());
  return characters.length <= limit ? characters.join('') : `${characters.slice(0, limit - 1).join('')}…`;
}
