/** A JSON value as a literal of Python or Terraform, `depth` levels in. */
export function writeValue(value: unknown, language: 'python' | 'terraform', depth: number): string {
  const isPython = language === 'python';
  const step = isPython ? '    ' : '  ';
  const [inner, outer] = [step.repeat(depth + 1), step.repeat(depth)];
  const write = (one: unknown): string => writeValue(one, language, depth + 1);
  const comma = isPython ? ',' : '';
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${write(item)},`);
    return `[\n${items.join('\n')}\n${outer}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([key, one]) => `${inner}${isPython ? `${JSON.stringify(key)}:` : `${key} =`} ${write(one)}${comma}`,
    );
    return `{\n${members.join('\n')}\n${outer}}`;
  }
  // Terraform takes `%{` in a text for a directive.
  if (typeof value === 'string') return JSON.stringify(isPython ? value : value.replaceAll('%{', '%%{'));
  if (isPython && typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}
