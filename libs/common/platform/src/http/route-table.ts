import type { INestApplication } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { POLICY } from './policy.js';

/** Nest's own metadata keys for a handler's path and method (@nestjs/common/constants). */
const PATH = 'path';

/** Throws with the names of the handlers that declare no policy. Boot proves the table is complete. */
export function assertEveryRouteHasPolicy(app: INestApplication): void {
  const without = routesOf(app).filter(({ policy }) => policy === undefined);
  if (without.length > 0) {
    throw new Error(`These routes have no policy: ${without.map(({ name }) => name).join(', ')}`);
  }
}

function routesOf(app: INestApplication): { readonly name: string; readonly policy: unknown }[] {
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  return app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ metatype, instance }) => {
      const prototype: unknown = Object.getPrototypeOf(instance);
      if (typeof metatype !== 'function' || typeof prototype !== 'object' || prototype === null) return [];
      return scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler: unknown = Reflect.get(prototype, name);
        if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH, handler)) return [];
        const policy: unknown = reflector.getAllAndOverride(POLICY, [handler as () => unknown, metatype]);
        return [{ name: `${metatype.name}.${name}`, policy }];
      });
    });
}
