/** Which engine the user wants: the first that answers, or one of them. */
export const engineChoices = ['auto', 'docker', 'podman'] as const;
export type EngineChoice = (typeof engineChoices)[number];
