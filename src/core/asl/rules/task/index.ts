import type { AslRule } from '../rule.ts';

export const taskRules: readonly AslRule[] = [];
