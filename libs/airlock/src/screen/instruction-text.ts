import { mintScreenedText } from '@crashkeep/report/mint';
import type { Grammar } from './grammar.js';

/** What Capstone writes, of build data: a mnemonic, registers, numbers of the code. */
const INSTRUCTION = /^[a-z][a-z0-9_.]{0,15}(?: [a-z0-9_ ,.:+*\-[\]#!{}^()/]+)?$/;
const REGISTER = /^[a-z][a-z0-9]{1,3}$/;

export const instructionText: Grammar = (text) => (INSTRUCTION.test(text) ? mintScreenedText(text, 96) : null);
export const registerName: Grammar = (text) => (REGISTER.test(text) ? mintScreenedText(text, 4) : null);
