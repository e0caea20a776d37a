const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A signature's id out of what a person pastes: the id, or the address of its page. */
export function idOfGroup(pasted: string): string | undefined {
  const last = pasted.trim().split(/[?#]/u, 1)[0]?.split('/').at(-1)?.toLowerCase() ?? '';
  return UUID.test(last) ? last : undefined;
}
