import { SCREENED_TEXT_MAX } from '@crashkeep/report';
import { mintScreenedText } from '@crashkeep/report/mint';
import type { Grammar } from './grammar.js';

/** Build data that the project uploaded: shown as it is where it is printable and bounded (DESIGN.md 6). */
export const functionName: Grammar = (text) => mintScreenedText(text, SCREENED_TEXT_MAX);

export const sourceFile: Grammar = (text) => mintScreenedText(text, 1024);
