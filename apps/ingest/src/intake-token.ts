/** How Nest finds the Intake. */
export const INTAKE = Symbol('Intake');
