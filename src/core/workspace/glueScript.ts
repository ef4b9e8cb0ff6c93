/** Whether a script is one that Glue would run: it imports what only Glue and Spark have. */
export function isGlueScript(scriptText: string): boolean {
  return /^\s*(?:from|import)\s+(?:awsglue|pyspark)\b/m.test(scriptText);
}
