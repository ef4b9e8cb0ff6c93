/** What `dist/core.mjs` offers to other programs. */
export { codeToRule, openDocument, validate, type DocumentOptions, type Finding } from './asl/index.ts';
export { execute, type ExecutedEvent, type ExecuteOptions, type ExecuteResult } from './interpreter/index.ts';
