/**
 * Glue configs: what editors, the command line and the workspace may ask about the jobs, triggers and workflows in a
 * document. All of it is a function of the text: nothing here waits, reads a file, or throws on any input.
 */
export { openGlueDocument, type GlueDocument } from './document.ts';
export { glueGraphs, type GlueSource } from './graph.ts';
export { completeGlue, type FieldNamesOf } from './complete.ts';
export { hoverGlue } from './hover.ts';
export { GLUE_RULES, glueCodeToRule } from './rules/index.ts';
