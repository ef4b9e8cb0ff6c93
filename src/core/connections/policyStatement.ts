/** A statement, as JSON text, that allows one IAM action on one resource, or on all where none is known. */
export function policyStatement(iamAction: string, resourceArn: string | undefined): string {
  return JSON.stringify({ Effect: 'Allow', Action: iamAction, Resource: resourceArn ?? '*' }, undefined, 2);
}
