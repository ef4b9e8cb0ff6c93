/** Whether a file imports what only Glue and Spark have. */
export function importsGlue(text: string): boolean {
  return /^\s*(?:from|import)\s+(?:awsglue|pyspark)\b/m.test(text);
}

/** Whether a file is a script that Glue would run; `path` is of any system. Tests run in the Testing view. */
export function isGlueScript(text: string, path: string): boolean {
  return importsGlue(text) && !/(?:^|[\\/])(?:test_[^\\/]*|[^\\/]*_test|conftest)\.py$/.test(path);
}
