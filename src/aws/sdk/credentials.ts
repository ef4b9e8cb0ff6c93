/** Loaded on first use: the providers bring the clients of STS, SSO and the instance metadata service. */
export { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
