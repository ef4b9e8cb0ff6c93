/**
 * Installs an extension with the id of AWS Toolkit into a server data folder: it contributes what AWS Toolkit does for
 * state machines, the languages and a web editor that is the default for them.
 */
export function installStandInToolkit(dataDir: string): Promise<void>;
