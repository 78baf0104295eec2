/** Everything a plugin author may import, and nothing else. */

export type { Audit, AuditEvent } from './audit/contract.ts'
export * from './c3d/index.ts'
export type { Cache, CacheRead, Loader, ReadOptions } from './cache/cache.ts'
export type { Bump } from './cache/invalidation/invalidation.ts'
export { type LoadContext, LoadTimeout } from './cache/load.ts'
export { type CacheNamespace, namespace, type Sharing } from './cache/namespace.ts'
export { BENCHMARK_BOUNDS, BenchmarkRuns } from './cache/operator/benchmark.ts'
export type { CacheHealth, HealthCheck } from './cache/operator/health.ts'
export {
  type InvalidationReport,
  type InvalidationTarget,
  NothingToInvalidate,
} from './cache/operator/invalidate.ts'
export type { CacheStats, NamespaceInfo } from './cache/operator/report.ts'
export { NothingToWarm, type Warming, type WarmingRun } from './cache/operator/warm.ts'
export type { CacheOperator, CacheSnapshot } from './cache/operator.ts'
export { PHASES } from './cache/phases.ts'
export type { Announce } from './cache/system.ts'
export type { Clock } from './clock.ts'
export {
  byteSize,
  decimal,
  duration,
  optionalSetting,
  setting,
  toggle,
  wholeNumber,
} from './config/setting.ts'
export type { Database } from './database/connection.ts'
export { violatedConstraint } from './database/constraint.ts'
export type { Migration } from './database/migrations.ts'
export { inOneTransaction, type UnitOfWork } from './database/unit-of-work.ts'
export * as dsp from './dsp/index.ts'
export { EXIT, type ExitCode, Failure, isFailure, messageOf } from './exit.ts'
export { cacheHeaders } from './http/cache-headers.ts'
export { createEventStreams, type EventStreams } from './http/event-stream.ts'
export { jsonBody, readJson } from './http/json-body.ts'
export { matchesTag } from './http/packed-response.ts'
export { cutPage, NextCursor, PageLimit, pageOf } from './http/paging.ts'
export { type Expected, ifMatch, requireVersion, versionTag } from './http/precondition.ts'
export { isProblem, Problem } from './http/problem.ts'
export {
  type CachedInput,
  type Concerns,
  type ResponseCaching,
  type Route,
  type RouteAnswer,
  type RouteInput,
  route,
} from './http/route.ts'
export { printable, textOf } from './http/text.ts'
export { CalendarDate, calendarDate, Instant } from './http/times.ts'
export { concerning } from './identity/acting.ts'
export { type Identity, type Proof, SYSTEM } from './identity/identity.ts'
export type { Permission, Role } from './identity/permission.ts'
export type { RecordKind, RecordRef } from './identity/record.ts'
export type { PatientScope } from './identity/scope.ts'
export type { Viewer } from './identity/viewer.ts'
export {
  type EnqueueOptions,
  type Events,
  JOB_STATES,
  type JobChange,
  type JobFilter,
  type JobInfo,
  type JobOperator,
  type JobState,
  type Jobs,
  type QueueCounts,
  type QueueTally,
} from './jobs/contract.ts'
export { type EventType, event, type Handler, on } from './jobs/event.ts'
export {
  type Job,
  type JobDefinition,
  JobFailure,
  JobLost,
  type JobRun,
  job,
  type Trying,
} from './jobs/job.ts'
export type { JobReading, JobUnderway } from './jobs/reading.ts'
export type { Health } from './observe/health.ts'
export type { Logger } from './observe/log.ts'
export type { Metric, MetricSample, SummarySample } from './observe/metrics.ts'
export {
  type Borrower,
  type Contribution,
  definePlugin,
  type Link,
  type Plugin,
  type PluginContext,
  type PluginDefinition,
  type ServiceOf,
} from './plugin/define.ts'
export type { ErasedPatient, PatientErasure, PatientNames } from './plugin/erasure.ts'
export type { Examination, ExaminationGround, Finding, FindingLevel } from './plugin/examination.ts'
export {
  type MountPanel,
  type Panel,
  type PanelContext,
  type PanelDefinition,
  type PanelElement,
  type PanelLanguage,
  type PanelPlace,
  panel,
} from './plugin/panel.ts'
export type { RetentionRule } from './retention/rule.ts'
export { translatedSentence } from './sentences/index.ts'
export { type BlobStore, BlobTooLarge, type StagedBlob } from './storage/blobs.ts'
export type { BlobShelf, ShelvedFile } from './storage/shelf.ts'
export type { Command, CommandOption, Invocation, Terminal } from './terminal/command.ts'
export { createProgress, type Progress } from './terminal/progress.ts'
export { clean, fit, fitEnd, pad, painter, type Style, toAscii, wrapped } from './terminal/text.ts'
export { type SealedColumn, sealedColumn } from './vault/sealed-column.ts'
export { keyIdOf, type Vault } from './vault/vault.ts'
export { isTaskError, TaskCrash, TaskError, TaskMemory, TaskTimeout } from './workers/errors.ts'
export { attributed, isPluginFault, PluginFault } from './workers/fault.ts'
export type { TaskContext, TaskOptions, TaskRun, Tasks, Workers } from './workers/task.ts'
