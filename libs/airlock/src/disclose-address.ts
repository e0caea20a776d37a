import type { AddressClass, LenientModule, ScreenedText } from '@crashkeep/report';
import { mintScreenedText } from '@crashkeep/report/mint';
import type { NamedWalk } from '@crashkeep/walk';
import type { Screen } from './screen/screen.js';

export interface DisclosedAddress {
  readonly class: AddressClass;
  readonly text: ScreenedText | null;
}

/** `null+0x18`, `in module libfoo.so`, or the class alone: never the value (DESIGN.md 6). */
export function discloseAddress(
  address: NamedWalk['crashAddress'],
  modules: readonly LenientModule[],
  screen: Screen,
): DisclosedAddress | null {
  if (address === null) return null;
  if (address.class !== 'null') screen.withhold('fault-address');
  return { class: address.class, text: mintScreenedText(addressText(address, modules), 160) };
}

function addressText(address: NonNullable<NamedWalk['crashAddress']>, modules: readonly LenientModule[]): string {
  if (address.class === 'null') {
    return address.offset === null || address.offset === 0 ? 'null' : `null+0x${address.offset.toString(16)}`;
  }
  if (address.class !== 'module') return address.class;
  const name = address.module === null ? null : (modules[address.module]?.name ?? null);
  return name === null ? 'in a module' : `in module ${name}`;
}
