/** What `dist/core.mjs` offers to other programs. */
export { codeToRule, openDocument, validate, type DocumentOptions, type Finding } from './asl/index.ts';
