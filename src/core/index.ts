/** What `dist/core.mjs` offers to other programs. */
export { openDocument, type DocumentOptions, type Finding } from './asl/index.ts';
export { codeToRule } from './rules.ts';
export { validate } from './validate.ts';
export {
  execute,
  testState,
  TestStateError,
  type ExecutedEvent,
  type ExecuteOptions,
  type ExecuteResult,
  type TestStateCall,
  type TestStateResult,
} from './interpreter/index.ts';
