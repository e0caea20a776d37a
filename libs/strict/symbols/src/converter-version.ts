/**
 * Of what the converters make of a symbol file. Raise it with every change that makes another form of the same file: who keeps forms
 * then converts anew.
 */
export const CONVERTER_VERSION = 2;
