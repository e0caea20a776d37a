/**
 * ui: the one look of both pages, the console (petrol) and the reading room (plum).
 *
 * May import: nothing of ours. Browser only: bundled by the pages' Vite, never run by Node.
 * Invariants: hatching means sealed and nothing else is hatched; raw colours stand in styles/tokens.css alone; no <style>
 * element is written and nothing is asked of another origin, so a page's CSP is `default-src 'none'` with 'self' for its parts.
 * A page sets `<html data-tier="lenient|strict">` itself and wraps its tree in TierProvider.
 * Sources: the project's reference screens and their tokens.
 */
export { ApiError, explainError } from './api/api-error.js';
export { type RequestOptions, queryText, request, requestBytes } from './api/request.js';
export { TimeAgo } from './clock/time-ago.js';
export { useNow, useSecond } from './clock/use-now.js';
export { NewPasswordField, PASSWORD_MIN } from './form/new-password-field.js';
export { type Credentials, SignInForm } from './form/sign-in-form.js';
export { formatBytes } from './format/bytes.js';
export { formatChange, formatCount, formatCounted } from './format/count.js';
export { formatDuration, formatElapsed } from './format/duration.js';
export { formatAgo, formatClock, formatDay, formatMoment, formatShortClock, formatWhen } from './format/moment.js';
export { Icon, Logo } from './icon/icon.js';
export type { IconName } from './icon/icon-shapes.js';
export { Badge, Dot, type Tone } from './layout/badge.js';
export { Card, CardBody } from './layout/card.js';
export { Columns } from './layout/columns.js';
export { Door } from './layout/door.js';
export { FactStrip } from './layout/fact-strip.js';
export { type KeyValueRow, KeyValues } from './layout/key-values.js';
export { Meter } from './layout/meter.js';
export { Note } from './layout/note.js';
export { PageHeader } from './layout/page-header.js';
export { SealedRow } from './layout/sealed-row.js';
export { Timeline, type TimelineStep } from './layout/timeline.js';
export { ButtonLink } from './page/button-link.js';
export { ChoiceList } from './page/choice-list.js';
export { FrontDoor } from './page/front-door.js';
export { PageFailed } from './page/page-failed.js';
export { QueryFailed } from './page/query-failed.js';
export { type ReturnSearch, readReturn } from './page/read-return.js';
export { EmptyState } from './states/empty-state.js';
export { ErrorBoundary } from './states/error-boundary.js';
export { ErrorState } from './states/error-state.js';
export { OfflineBanner } from './states/offline-banner.js';
export { SkeletonLines, SkeletonRows } from './states/skeleton.js';
export { type Column, DataTable } from './table/data-table.js';
export { Breakable } from './text/breakable.js';
export { CodeBlock } from './text/code-block.js';
export { CopyButton } from './text/copy-button.js';
export { SecretOnce } from './text/secret-once.js';
export { Signature } from './text/signature.js';
export { splitFunction, splitSignature, type SplitSignature } from './text/split-signature.js';
export { useCopied } from './text/use-copied.js';
export { ThemeToggle } from './theme/theme-toggle.js';
export { createTierTheme } from './theme/tier-theme.js';
export { TierProvider } from './theme/tier-provider.js';
export type { Tier } from './theme/tier.js';
export { TrustBars } from './trace/trust-bars.js';
export { type Trust, trustOf } from './trace/trust.js';
