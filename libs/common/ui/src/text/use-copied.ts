import { useEffect, useState } from 'react';

const SHOWN_MS = 1600;

type CopyState = 'idle' | 'copied' | 'failed';

/** Puts text on the clipboard and says for a moment whether that worked. */
export function useCopied(): readonly [CopyState, (text: string) => void] {
  const [state, setState] = useState<CopyState>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => {
      setState('idle');
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [state]);
  const copy = (text: string): void => {
    void writeClipboard(text).then((written) => {
      setState(written ? 'copied' : 'failed');
    });
  };
  return [state, copy];
}

/** A page that is not on https or localhost has no clipboard API: there a hidden field and the old command still work. */
async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeByField(text);
  }
}

function writeByField(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'sr';
  document.body.append(field);
  field.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way on plain http
    return document.execCommand('copy');
  } finally {
    field.remove();
  }
}
