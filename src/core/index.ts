/** What `dist/core.mjs` offers to other programs. */
export { codeToRule, openDocument, validate, type DocumentOptions, type Finding } from './asl/index.ts';
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
