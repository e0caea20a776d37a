/** Which side of the airlock a page stands on: lenient is the console, strict is the reading room. */
export type Tier = 'lenient' | 'strict';
