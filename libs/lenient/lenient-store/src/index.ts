/**
 * lenient-store: rows of what may be shown. Reports, groups and their counters, and a dump's state as the console shows it.
 *
 * May import: report, ids, ledger (its transaction's shape). Knows no dump.
 * Invariants: what is written is a LenientReport or a DumpStateChange (`Leaks` of both is false); writers run in the act's own
 * transaction; a group's counters equal its reports after every commit; what is read is parsed again.
 * Sources: DESIGN.md 17; prisma/lenient/schema.prisma.
 */
export { type LenientRows, type LenientStore, openLenientStore } from './lenient-store.js';
export { LenientStoreError, type LenientStoreErrorCode } from './lenient-store-error.js';
export { type DumpStateChange, writeDumpState } from './write-dump-state.js';
export { type DumpCounts, findDumpCounts } from './dump-counts.js';
export { indexReports, makeReportPartitions } from './report-upkeep.js';
export { type CountedOnly, writeReport } from './write-report.js';
export {
  type CrashGroup,
  GROUP_SORTS,
  type GroupSort,
  type GroupsAsked,
  findGroup,
  findGroups,
} from './crash-groups.js';
export { type PageAsked, type ReportLine, type ReportsPage, findGroupReports, findReports } from './reports-page.js';
export { type DumpLife, type PlaceInGroup, type ReportDetail, findReport } from './report-detail.js';
export { DumpState } from './dump-stage.js';
export { type DumpChange, findDumpChanges } from './dump-changes.js';
export { PAGE_DEFAULT, PAGE_MAX } from './page-cursor.js';
export { type SearchAsked, searchReports } from './search/search-reports.js';
export { FACET_FIELDS, type Facet, type FacetField, type Facets, findFacets } from './search/facets.js';
export { type Completion, type Completions, completeQuery } from './search/complete.js';
export type { TopAsked } from './top/top-asked.js';
export { type TopCrasher, type TopCrashers, topCrashers } from './top/top-crashers.js';
export { type Installs, findGroupInstalls } from './top/installs.js';
export { GroupStatus } from './group/group-status.js';
export { type WholeGroup, findWholeGroup } from './group/group-of.js';
export { type GroupTrend, type VersionTrend, findGroupTrend } from './group/group-trend.js';
export { type Icicle, type IcicleNode, findIcicle } from './group/icicle.js';
export { type Correlation } from './group/correlate.js';
export { type GroupCorrelations, findCorrelations } from './group/group-correlations.js';
export {
  type GroupAct,
  type GroupActKind,
  findGroupActs,
  mergeGroups,
  setGroupOwner,
  setGroupStatus,
  undoMerge,
} from './group/group-acts.js';
export { type GroupNote, addGroupNote, changeGroupNote, findGroupNotes } from './group/group-notes.js';
export {
  type SavedView,
  VIEW_PAGES,
  changeSavedView,
  findSavedViews,
  findViewProject,
  saveView,
} from './saved-views.js';
export {
  type AlertChannel,
  type AlertOccasions,
  type AlertRule,
  createAlertRule,
  findAlertRule,
  findAlertRules,
  removeAlertRule,
  setAlertRuleState,
} from './alerts/alert-rules.js';
export {
  type AlertFacts,
  type ToldAlert,
  type WaitingAlert,
  alertNotSent,
  alertSent,
  findAlerts,
  takeAlerts,
} from './alerts/alert-outbox.js';
export { raiseAlerts } from './alerts/raise-alerts.js';
export { findScreenSummary, writeScreenSummary } from './screen-summary.js';
export {
  type UploadCount,
  type UploadHour,
  UploadOutcome,
  countUploads,
  findUploadCounts,
} from './project/upload-counts.js';
export {
  THROTTLE_RULES_MAX,
  ThrottleAction,
  ThrottleField,
  type ThrottleForecast,
  ThrottleRule,
  findThrottleRules,
  forecastThrottle,
  setThrottleRules,
  throttleOf,
} from './project/throttle-rules.js';
export {
  AnnotationName,
  type AnnotationRule,
  AnnotationState,
  AnnotationTerms,
  AnnotationType,
  findAnnotationRules,
  forecastAnnotation,
  proposeAnnotation,
  withdrawAnnotation,
} from './project/annotation-rules.js';
