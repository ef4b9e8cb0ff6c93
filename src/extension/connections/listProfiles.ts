import type { ListProfiles } from './profileChoice.ts';

/** The profiles of the AWS config files of this machine. */
export const listProfiles: ListProfiles = async () => {
  const { loadProfiles } = await import('../../aws/profiles/profiles.ts');
  return await loadProfiles(process.env);
};
