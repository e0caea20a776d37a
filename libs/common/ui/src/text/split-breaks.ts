/** Cuts a name where a line may break: after `::` and `/`. The pieces put together are the name again. */
export function splitBreaks(text: string): readonly string[] {
  return text.split(/(?<=::|\/)(?=[^:/])/u);
}
