/** Which engine the user wants: the first that answers, one of them, or none at all. */
export const engineChoices = ['auto', 'docker', 'podman', 'none'] as const;
export type EngineChoice = (typeof engineChoices)[number];
