/** 128 random bits as hexadecimal digits. */
export function token(random: () => number): string {
  return Array.from({ length: 8 }, () =>
    Math.floor(random() * 0x1_0000)
      .toString(16)
      .padStart(4, '0'),
  ).join('');
}
