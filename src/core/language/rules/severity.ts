export const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What the setting `sluice.rules` may say of a rule. */
export type SeveritySetting = Severity | 'off';
