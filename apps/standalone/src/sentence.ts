/** Something that only the person at the keyboard can mend: the message tells them how, and is all that they see. */
export class Sentence extends Error {
  override readonly name = 'Sentence';
}
