import { type HotkeyItem, useHotkeys } from '@mantine/hooks';

/** Keys of a page. What is typed into a field is the field's; a chosen radio button types nothing. */
export function useKeys(keys: readonly HotkeyItem[]): void {
  useHotkeys(
    keys.map(([key, act, options]) => [
      key,
      (event) => {
        if (!isTyping(event.target)) act(event);
      },
      { preventDefault: false, ...options },
    ]),
    [],
  );
}

const WITHOUT_TEXT = ['radio', 'checkbox', 'button', 'submit', 'reset', 'range', 'color', 'file'];

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
