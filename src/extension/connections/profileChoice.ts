/** A profile of the AWS config files, as far as a choice among them needs it. */
export interface ProfileChoice {
  readonly name: string;
  readonly region?: string;
  /** How it gets its credentials, in a few words: `SSO session corp`, `assumes role analyst`. */
  readonly detail: string;
}

/** Reads the profiles, in the order of the files. Rejects with UserError where they cannot be read. */
export type ListProfiles = () => Promise<readonly ProfileChoice[]>;
