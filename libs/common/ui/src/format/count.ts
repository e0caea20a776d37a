const WHOLE = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** `12,418` */
export function formatCount(count: number): string {
  return WHOLE.format(count);
}

/** `1 report`, `12,418 reports` */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `+214 %`, `−3 %`, `0 %`; null where there was nothing before to compare with. */
export function formatChange(now: number, before: number): string | null {
  if (before === 0) return null;
  const percent = Math.round(((now - before) / before) * 100);
  if (percent === 0) return '0 %';
  return percent > 0 ? `+${formatCount(percent)} %` : `−${formatCount(-percent)} %`;
}
