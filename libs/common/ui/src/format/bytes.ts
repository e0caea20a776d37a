const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** `84 KB`, `4.2 MB`, `312 MB`: steps of 1024, one decimal below ten, none above. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 1024 && step < UNITS.length - 1) {
    value /= 1024;
    step += 1;
  }
  const shown = step > 0 && value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value));
  return `${shown} ${UNITS[step] ?? 'B'}`;
}
