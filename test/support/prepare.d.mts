/** Builds and packages the extension, unless that was done since its files changed. Gives the path of sluice.vsix. */
export function packageExtension(): Promise<string>;
