import { AwsError } from '../http/awsError.ts';

export function notFound(message: string): AwsError {
  return new AwsError('EntityNotFoundException', message);
}

export function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInputException', message);
}
