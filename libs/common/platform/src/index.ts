/**
 * platform: what every app needs to be a process of this house: settings, hardening, a log that cannot leak, the door of
 * an HTTP app, the admin socket.
 *
 * May import: nothing of Crashkeep; @nestjs/*. Only apps import it. Knows no dump.
 * Invariants: a route without a policy stops the boot; an error's message is never written or sent; secrets come from
 * files, not from the environment.
 * Sources: RFC 9457; core(5), prctl(2); DESIGN.md 9, 15.
 */
export {
  SettingError,
  integerSetting,
  optionalSecretSetting,
  optionalSetting,
  secretSetting,
  setting,
} from './settings.js';
export { isCode, writeKeyFile } from './key-file.js';
export { type Hardening, hardenProcess } from './harden.js';
export { type AppLogger, type LogFields, createLogger, describeError, nestLogger } from './logger.js';
export { type AdminHandler, openAdminSocket } from './admin-socket.js';
export { type HttpAppOptions, bootHttpApp } from './http/boot.js';
export { clearSessionCookie, readCookie, setSessionCookie } from './http/cookie.js';
export { type DoorSettings } from './http/door.js';
export {
  type Authenticator,
  type Caller,
  CurrentCaller,
  Policy,
  type RoleOf,
  type RoutePolicy,
  type SignedIn,
  type TokenHolder,
} from './http/policy.js';
export { type Blame, Problem, type ProblemFacts, refused, sendProblem } from './http/problem.js';
