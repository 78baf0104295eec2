/** Written from the OpenAPI document by `bun test/house/pages/write.ts`: what each request takes and answers. */
type Shared1 = { check: string; status: 'usable' | 'poor'; message: string }
type Shared2 = { index: number; name: string; code: string; reason: string }
type Shared3 = { lang?: 'en' | 'fr'; preset?: string; rate?: number | string }
type Shared4 = { kind: 'add'; channel: number; startMs: number; endMs: number }
type Shared5 = { state: 'measured' | 'partial' | 'missing'; reasons: string[] }
type Shared6 = { contractions: number; durationMs: number; mvcPercent: number }
type Shared7 = { id: string; summary: string; reference: string; unit: string }
type Shared8 = { frequencyHz: 50 | 60; harmonics: number; qualityFactor: number }
type Shared9 = { compliance: number; symmetry: number; effort: number; game: number }
type Shared10 = { source: 'session' | 'patient' | 'active' | 'default'; reason: string }
type Shared11 = { startMs: number; endMs: number; value: number; clippedPercent: number }
type Shared12 = { value: number; unit: string; over: 'recording' | 'contractions'; n: number }
type Shared13 = { kind: 'move'; channel: number; atMs: number; startMs: number; endMs: number }
type Shared14 = { formula: string; values: Record<string, number | null>; working: string | null }
type Shared15 = { value: number | null; unit: '%'; reason: string | null; explanation: Shared14 }
type Shared16 = { value: number | null; unit: '1'; reason: string | null; explanation: Shared14 }
type Shared17 = { compliance: Shared15; symmetry: Shared15; effort: Shared15; game: Shared15 }
type Shared18 = { lowHz: number; highHz: number | null; order: number; dualPassCorrection: boolean }
type Shared19 = { count: number; meanMs: number | null; p50Ms: number | null; p95Ms: number | null }
type Shared20 = { channel: string; emg?: boolean; muscle?: string; side?: 'left' | 'right' | 'none' }
type Shared21 = { compliance: Shared5; symmetry: Shared5; effort: Shared5; game: Shared5; bfr: Shared5 }
type Shared22 = { cutoffHz: number; order: number; dualPassCorrection: boolean; smoothingMs: number | null }
type Shared23 = { value: null; unit: string; over: 'recording' | 'contractions'; n: number; reason: string }
type Shared24 = { quadrant: 'fatigue' | 'force increase' | 'force decrease' | 'recovery'; significant: boolean }
type Shared25 = { name: string; patientCode?: string | null; filePattern?: string | null; channels: Shared20[] }
type Shared26 = { count: number; totalMs: number; blocks: { startMs: number; endMs: number; samples: number }[] }
type Shared27 = { startMs: number; endMs: number; missing: number; reason: 'DROPOUT' | 'NOT_A_NUMBER' | 'MIXED' }
type Shared28 = { atMs: number; medianFrequency: number; meanFrequency: number; rms: number; dimitrovIndex: number }
type Shared29 = { language?: 'en' | 'fr' | 'de' | 'nl' | null; theme?: 'light' | 'dark' | null; choices?: Record<string, string> }
type Shared30 = { id: string; createdAt: string; seenAt: string; expiresAt: string; address: string; agent: string; current: boolean }
type Shared31 = { segmentSamples: number; resolutionHz: number; band: [number, number] | null; dimitrovBand: [number, number] | null }
type Shared32 = { method: string; options: Record<string, unknown>; mergeGapMs: number; bridgeGapMs: number; minimumDurationMs: number }
type Shared33 = { status: 'good' | 'usable' | 'poor' | 'unknown'; value: number | null; unit: string; reason?: string; details?: unknown }
type Shared34 = { value: number | null; unit: '%'; reason: string | null; explanation: Shared14; coverage: number; effectiveWeights: Shared9 }
type Shared35 = { source: 'manual' | 'recording-metadata' | 'patient-record' | 'calculated' | 'default'; value: number | null; reason: string }
type Shared36 = { muscle: string; side: 'left' | 'right' | 'none'; contractions: number | null; durationMs: number | null; mvcPercent: number | null }
type Shared37 = { id: string; status: 'ok' | 'warning' | 'failing' | 'unknown'; value: number | null; threshold: number | null; reason: string | null }
type Shared38 = { status: 'ok' | 'warning' | 'degraded'; checks: Shared37[] }
type Shared39 = { muscle: string; side: 'left' | 'right' | 'none'; contractions?: number | null; durationMs?: number | null; mvcPercent?: number | null }
type Shared40 = { id: string; name: string; patientCode: string | null; filePattern: string | null; channels: Shared20[]; version: number; updatedAt: string }
type Shared41 = { name: string; summary: string; state: 'waiting' | 'running' | 'done' | 'failed' | 'ended'; total: number | null; done: number; failed: number }
type Shared42 = { running: boolean; startedAt: string | null; finishedAt: string | null; steps: Shared41[] }
type Shared43 = { '0': number; '1': number; '2': number; '3': number; '4': number; '5': number; '6': number; '7': number; '8': number; '9': number; '10': number }
type Shared44 = { verdict: 'good' | 'usable' | 'poor'; reasons: Shared1[]; checks: Record<string, Shared33>; dropouts: Shared26; clippedPercent: number; nonFinite: number }
type Shared45 = { id: string; fileName?: string; sha256: string; size: number; format: string; receivedAt: string; withheld?: string[]; description: Record<string, unknown> }
type Shared46 = { id: string; name: string; displayName: string; roles: string[]; disabled: boolean; hasPassword: boolean; createdAt: string; passwordChangedAt: string | null }
type Shared47 = { mean: number | null; sd: number | null; min: number | null; max: number | null; coefficientOfVariation: number | null; n: number; unit: string; reason?: string }
type Shared48 = { id: string; code: string; treatmentStart: string | null; therapist?: string | null; createdAt: string; version: number; targets: Shared36[]; withheld?: string[] }
type Shared49 = { channel?: string; muscle?: string; side?: 'left' | 'right' | 'none'; mvc?: number; mvcPercent?: number; durationMs?: number | null; contractions?: number | null }
type Shared50 = { mvcPercent: number; durationMs: number | null; contractions: number | null; channels: Shared49[] }
type Shared51 = { slope: number | null; unit: string; percentPerMinute: number | null; intercept: number | null; r2: number | null; p: number | null; n: number; significant: boolean | null }
type Shared52 = { medianFrequency: Shared51; meanFrequency: Shared51; rms: Shared51; dimitrovIndex: Shared51 }
type Shared53 = { segment: { ms: number } | { samples: number }; band: 'filter' | null; medianFrequency: 'interpolated' | 'bin'; dimitrovBandHz: [number, number] | null; minimumRateHz: number }
type Shared54 = { id: string; patientCode: string; sessionId: string | null; text: string; author: string | null; editedBy: string | null; createdAt: string; updatedAt: string; version: number }
type Shared55 = { valid: boolean; reason?: string; basis: 'contractions' | 'windows' | 'recording' | null; points: Shared28[]; slopes: Shared52 | null; jasa: Shared24 | null; dimitrovRatio: number | null }
type Shared56 = { format: 'csv' | 'json' | 'parquet' | 'mat' | 'edf' | 'c3d' | 'fhir'; table?: 'contractions' | 'metrics' | 'signals'; identity?: 'pseudonymised' | 'full'; preset?: string; rate?: number | string }
type Shared57 = { muscle: string; side: 'left' | 'right' | 'none'; targetSource: 'given' | 'configuration'; mvcSource: string | null; completion: Shared16; intensity: Shared16; duration: Shared16; score: Shared15 }
type Shared58 = { id: string; name: string; permissions: string[]; patients: 'all' | string[]; createdAt: string; createdBy: string | null; expiresAt: string | null; lastUsedAt: string | null; revokedAt: string | null }
type Shared59 = { reads: number; hits: { memory: number; redis: number; postgres: number }; stale: number; misses: number; hitRate: number | null; loads: number; loadFailures: number; failures: number; savedMs: number }
type Shared60 = { patientCode: string; name: string | null; dateOfBirth: string | null; recordNumber: string | null; phone: string | null; email: string | null; address: string | null; updatedAt: string; version: number }
type Shared61 = { id: string; edit: Shared4 | { kind: 'remove'; channel: number; atMs: number } | Shared13 | null; revokes: string | null; inForce: boolean; reason: string | null; author: string | null; createdAt: string }
type Shared62 = { memory: { p50: number | null; p95: number | null }; redis: { p50: number | null; p95: number | null }; postgres: { p50: number | null; p95: number | null }; load: { p50: number | null; p95: number | null } }
type Shared63 = { muscle: string; side: 'left' | 'right' | 'none'; value: number | null; unit: '%'; n: number; mvcSource: 'manual' | 'recording-metadata' | 'patient-record' | 'calculated' | 'default' | null; reason: string | null }
type Shared64 = { recordingId: string; sha256: string; preset: string; pipelineVersion: string; inputs: string; amplitudes?: Shared63[] }
type Shared65 = { weights: Shared9; muscleWeights: { completion: number; intensity: number; duration: number }; rpeScores: Shared43; bfrWindow: { lowPercent: number; highPercent: number }; targets: Shared6; minimumCoverage: number }
type Shared66 = { id: string; version: number; name: string; rules: Shared65 }
type Shared67 = { overall: Shared34; components: Shared17; gate: Shared16; sides: { left: Shared15; right: Shared15; none: Shared15 }; muscles: Shared57[]; completeness: Shared21; scoringVersion: string; configuration: Shared66 }
type Shared68 = { id: string; name: string; builtIn: boolean; createdAt: string; retiredAt: string | null; version: number; latestVersion: number; activeVersion: number | null; description: string; versionCreatedAt: string; rules: Shared65 }
type Shared69 = { id: string; url: string; events: ('analysis.completed' | 'analysis.failed')[]; active: boolean; lastDeliveredAt: string | null; lastFailedAt: string | null; lastFailureCode: string | null; createdAt: string; version: number }
type Shared70 = { muscle: string; side: 'left' | 'right' | 'none'; total: number | null; meetsMvc: number | null; mvcSource?: 'manual' | 'recording-metadata' | 'patient-record' | 'calculated' | 'default' | null; meetsDuration: number | null; target: number | null }
type Shared71 = { muscles: Shared70[]; bfr: { left: number | null; right: number | null }; rpe: number | null; game: { points: number; max: number } | null }
type Shared72 = { id: string; sessionId: string; computedAt: string; chosenBy: 'session' | 'patient' | 'active' | 'default'; analysis: Shared64 | null; input: Shared71; score: Shared67 }
type Shared73 = { count: number; meanDurationMs: number | null; sdDurationMs: number | null; minDurationMs: number | null; maxDurationMs: number | null; timeUnderTensionMs: number; dutyCyclePercent: number | null; meanRestMs: number | null; perMinute: number | null }
type Shared74 = { kind: 'co-contraction'; muscles: [string, string]; side: 'left' | 'right' | 'none'; channels: [number, number]; normalisation: 'mvc' | 'peak'; falconerWinter: { value: number } | { value: null; reason: string }; rudolph: { value: number } | { value: null; reason: string } }
type Shared75 = { startMs: number; endMs: number; durationMs: number; source: 'detected' | 'edited'; meanAmplitude: number | null; maxAmplitude: number | null; mvcAmplitude: number | null; mvcPercent: number | null; meetsMvc: boolean | null; meetsDuration: boolean | null; isGood: boolean | null }
type Shared76 = { overall: Shared34; components: Shared17; gate: Shared16; sides: { left: Shared15; right: Shared15; none: Shared15 }; muscles: Shared57[]; completeness: Shared21; scoringVersion: string; configuration: Shared66; chosenBy: 'session' | 'patient' | 'active' | 'default'; passedOver: Shared10[] }
type Shared77 = { namespace: string; reads: number; hits: { memory: number; redis: number; postgres: number }; stale: number; misses: number; hitRate: number | null; loads: number; loadFailures: number; failures: number; savedMs: number; refused: number; fenced: number; invalid: number; bytesLoaded: number; latencyMs: Shared62 }
type Shared78 = { id: string; plugin: string; name: string; state: 'waiting' | 'running' | 'completed' | 'failed' | 'cancelled'; attempts: number; priority: number; enqueuedAt: string; notBefore: string; startedAt: string | null; finishedAt: string | null; errorCode: string | null; progress: { percent: number; note: string | null } | null; held: string | null }
type Shared79 = { value: number | null; unit: 'V'; unitBasis: 'declared' | 'assumed' | null; source: 'manual' | 'recording-metadata' | 'patient-record' | 'calculated' | 'default' | null; method: string | null; confidence: 'high' | 'moderate' | 'low' | null; ageDays: number | null; recordId: string | null; reason: string | null; passedOver: Shared35[]; targetPercent: number; threshold: number | null }
type Shared80 = { index: number; name: string; label: string; emg: boolean; unit: string | null; unitBasis: 'declared' | 'assumed' | null; rate: number; samples: number; kind: 'samples' | 'windows'; start: number; end: number; windowSamples: number; startMs: number; windowMs: number; count: number; reason: string | null; gaps: Shared27[]; values: (number | null)[] | null; min: (number | null)[] | null; max: (number | null)[] | null }
type Shared81 = { recordingId: string; view: 'raw' | 'filtered' | 'envelope' | 'activated'; preset: string; pipelineVersion: string; parameters: Record<string, unknown>; channels: Shared80[] }
type Shared82 = { kind: 'symmetry'; muscle: string; left: number; right: number; of: 'mvc-percent' | 'amplitude'; leftValue: number | null; rightValue: number | null; robinsonIndex: { value: number } | { value: null; reason: string }; limbSymmetryIndex: { value: number } | { value: null; reason: string }; symmetryAngle: { value: number } | { value: null; reason: string }; ghostlySymmetry: { value: number } | { value: null; reason: string } }
type Shared83 = { id: string; patientId: string; patientCode: string; recordingId: string | null; startedAt: string; startedAtBasis: 'stated' | 'metadata' | 'file-name' | 'received'; rpe: number | null; bfr: { left: number | null; right: number | null }; game: { points: number; max: number } | null; settings?: Record<string, unknown> | null; status: 'pending' | 'processing' | 'completed' | 'failed'; failure: { code: string; reason?: string } | null; createdAt: string; version: number; withheld?: string[] }
type Shared84 = { rateOverride: number | null; minimumRateHz: number; gaps: { dropoutMs: number; mask: boolean }; removeOffset: boolean; bandPass: Shared18; notch: Shared8 | null; envelope: Shared22; detection: Shared32; metricSignal: 'filtered' | 'raw'; metrics: Record<string, { metric: string; over: 'recording' | 'contractions' }>; spectra: Shared53; windows: { lengthMs: number; overlap: number; metrics: string[] } | null; fatigue: { minimumCount: number; windowMs: number } | null; mvcMethod: 'rms-500' | 'p95-envelope' }
type Shared85 = { id: string; patientCode: string; muscle: string; side: 'left' | 'right' | 'none'; value: number | null; unit: 'V'; unitBasis: 'declared' | 'assumed'; source: 'manual' | 'calibration'; method: string; recordingId: string | null; channel: { index: number; name: string } | null; trials: Shared11[] | null; spreadPercent: number | null; flags: ('CLIPPED' | 'SPREAD_OVER_10' | 'ONE_TRIAL' | 'UNIT_ASSUMED')[]; recordedBy: string | null; recordedAt: string; validFrom: string; validUntil: string | null; supersedes: string | null }
type Shared86 = { index: number; name: string; label: string; muscle: string | null; side: 'left' | 'right' | 'none' | null; anatomyBasis: 'assigned' | 'label' | null; unit: string; unitBasis: 'declared' | 'assumed'; rate: number; samples: number; durationS: number; band: [number, number] | null; spectra: Shared31 | null; thresholds: Record<string, number> | null; activatedAgreement: number | null; contractions: Shared75[]; bursts: Shared73; metrics: Record<string, Shared12 | Shared23>; windows: Record<string, Shared47> | null; fatigue: Shared55 | null; mvc: Shared79 | null; target: { durationMs: number | null; contractions: number | null }; quality: Shared44 }
type Shared87 = { recording: Record<string, unknown>; preset: string; pipelineVersion: string; plugins: ({ name: string; version: string; hash: string | null })[]; parameters: Shared84; targets: Shared50; assignments: Shared20[]; edits: (Shared4 | { kind: 'remove'; channel: number; atMs: number } | Shared13)[]; affectedSide: 'left' | 'right' | null; channels: Shared86[]; pairs: (Shared82 | Shared74)[]; exclusions: Shared2[]; warnings: { code: string; message: string }[]; scores: Shared76 }
export interface Operations {
  'GET /livez': { answer: { alive: true } }
  'GET /readyz': { answer: { ready: boolean; reason?: string } }
  'GET /health': { answer: { status: 'ok' | 'degraded' | 'failed'; version: string; uptimeS: number; database: { kind: 'embedded' | 'external'; status: 'ok' | 'degraded' | 'failed'; latencyMs: number | null; reason?: string }; plugins: ({ name: string; version: string; state: 'ready' | 'running' | 'quarantined' | 'stopped'; status: 'ok' | 'degraded' | 'failed'; reason?: string })[] } }
  'GET /metrics': { answer: unknown }
  'GET /api/openapi.json': { answer: Record<string, unknown> }
  'GET /api/system/panels': { query: { place?: 'session' | 'patient' | 'system' }; answer: { items: ({ plugin: string; id: string; place: 'session' | 'patient' | 'system'; title: { en: string; fr?: string; de?: string; nl?: string }; url: string; permissions: string[] })[] } }
  'GET /': { answer: unknown }
  'GET /page/{file}': { path: { file: string }; answer: unknown }
  'GET /api/docs': { answer: unknown }
  'GET /api/docs/start.js': { answer: unknown }
  'GET /api/docs/script.js': { answer: unknown }
  'GET /api/docs/style.css': { answer: unknown }
  'POST /api/login': { body: { name: string; password: string }; answer: { id: string; name: string; displayName: string } }
  'POST /api/logout': { answer: unknown }
  'GET /api/login/methods': { answer: { password: true; oidc: { issuer: string; path: string } | null } }
  'GET /api/login/oidc': { query: { returnTo?: string }; answer: unknown }
  'GET /api/login/oidc/callback': { answer: unknown }
  'GET /api/login/oidc/logout': { answer: unknown }
  'POST /api/login/oidc/backchannel-logout': { body: unknown; answer: unknown }
  'POST /api/setup': { body: { token: string; password: string; name?: string; displayName?: string }; answer: Shared46 }
  'GET /setup': { answer: unknown }
  'GET /api/setup/script.js': { answer: unknown }
  'GET /api/setup/style.css': { answer: unknown }
  'GET /api/me': { answer: { id: string; name: string; displayName: string; roles: string[]; permissions: string[]; patients: 'all' | 'own' | string[]; pseudonymous: boolean } }
  'PUT /api/me/password': { body: { current: string; password: string }; answer: unknown }
  'GET /api/me/sessions': { answer: { items: Shared30[] } }
  'DELETE /api/me/sessions': { answer: unknown }
  'DELETE /api/me/sessions/{id}': { path: { id: string }; answer: unknown }
  'GET /api/me/preferences': { answer: Shared29 }
  'PUT /api/me/preferences': { body: Shared29; answer: Shared29 }
  'GET /api/users': { query: { limit?: string; cursor?: string }; answer: { items: Shared46[]; nextCursor: string | null } }
  'POST /api/users': { body: { name: string; displayName?: string; roles: string[] }; answer: { id: string; name: string; displayName: string; roles: string[]; disabled: boolean; hasPassword: boolean; createdAt: string; passwordChangedAt: string | null; link: { path: string; expiresAt: string } } }
  'GET /api/users/{id}': { path: { id: string }; answer: Shared46 }
  'PATCH /api/users/{id}': { path: { id: string }; body: { displayName?: string; roles?: string[]; disabled?: boolean }; answer: Shared46 }
  'DELETE /api/users/{id}': { path: { id: string }; answer: unknown }
  'POST /api/users/{id}/reset': { path: { id: string }; answer: { path: string; expiresAt: string } }
  'GET /api/users/{id}/sessions': { path: { id: string }; answer: { items: Shared30[] } }
  'DELETE /api/users/{id}/sessions': { path: { id: string }; answer: unknown }
  'GET /api/users/{id}/oidc': { path: { id: string }; answer: { subject: string; linkedAt: string } }
  'PUT /api/users/{id}/oidc': { path: { id: string }; body: { subject: string }; answer: unknown }
  'DELETE /api/users/{id}/oidc': { path: { id: string }; answer: unknown }
  'GET /api/keys': { query: { limit?: string; cursor?: string }; answer: { items: Shared58[]; nextCursor: string | null } }
  'POST /api/keys': { body: { name: string; permissions: string[]; patients?: 'all' | string[]; expiresAt?: string }; answer: { id: string; name: string; permissions: string[]; patients: 'all' | string[]; createdAt: string; createdBy: string | null; expiresAt: string | null; lastUsedAt: string | null; revokedAt: string | null; key: string } }
  'GET /api/keys/{id}': { path: { id: string }; answer: Shared58 }
  'DELETE /api/keys/{id}': { path: { id: string }; answer: Shared58 }
  'GET /api/roles': { answer: { roles: ({ name: string; summary: string; sees: 'all patients' | 'own patients'; pseudonymous: boolean; permissions: string[] })[]; permissions: { name: string; summary: string }[] } }
  'GET /api/audit': { query: { actor?: string; action?: string; record?: string; outcome?: 'done' | 'refused' | 'failed'; from?: string; to?: string; cursor?: string; limit?: string }; answer: { items: ({ id: string; at: string; actor: string; action: string; route: string; records: { kind: string; id: string }[]; count: number | null; outcome: 'done' | 'refused' | 'failed'; code: string | null; address: string | null; requestId: string | null; node: string; seq: number | null; previous: string | null; hash: string | null })[]; nextCursor: string | null } }
  'GET /api/audit/export': { query: { actor?: string; action?: string; record?: string; outcome?: 'done' | 'refused' | 'failed'; from?: string; to?: string; format?: 'ndjson' | 'csv' }; answer: unknown }
  'GET /api/audit/verify': { answer: { isWhole: boolean; entries: number; first: number | null; last: number | null; head: string | null; breaks: string[] } }
  'POST /api/recordings': { query: { fileName?: string }; body: unknown; answer: Shared45 }
  'GET /api/recordings': { query: { limit?: string; cursor?: string; sha256?: string; fileName?: string; of?: 'nobody' }; answer: { items: { id: string; fileName?: string; sha256: string; size: number; format: string; receivedAt: string; withheld?: string[] }[]; nextCursor: string | null } }
  'GET /api/recordings/{id}': { path: { id: string }; answer: Shared45 }
  'GET /api/recordings/{id}/metadata': { path: { id: string }; answer: Record<string, unknown> }
  'GET /api/recordings/{id}/file': { path: { id: string }; answer: unknown }
  'GET /api/system/recording-formats': { answer: { items: { id: string; summary: string; reference: string; mediaType: string; extensions: string[] }[] } }
  'POST /api/patients': { body: { code?: string; treatmentStart?: string | null; therapist?: string | null; targets?: Shared39[] }; answer: Shared48 }
  'GET /api/patients': { query: { limit?: string; cursor?: string; sort?: '-createdAt' | 'createdAt' | 'code' | '-code'; therapist?: string; search?: string; recordNumber?: string }; answer: { items: Shared48[]; nextCursor: string | null } }
  'GET /api/patients/{code}': { path: { code: string }; answer: Shared48 }
  'PATCH /api/patients/{code}': { path: { code: string }; body: { treatmentStart?: string | null; therapist?: string | null; targets?: Shared39[] | null }; answer: Shared48 }
  'DELETE /api/patients/{code}': { path: { code: string }; body: { confirm: string; beforePeriod?: boolean }; answer: { patientCode: string; sessions: number; recordings: number } }
  'GET /api/patients/{code}/identity': { path: { code: string }; answer: Shared60 }
  'PUT /api/patients/{code}/identity': { path: { code: string }; body: { name?: string | null; dateOfBirth?: string | null; recordNumber?: string | null; phone?: string | null; email?: string | null; address?: string | null }; answer: Shared60 }
  'DELETE /api/patients/{code}/identity': { path: { code: string }; answer: unknown }
  'POST /api/sessions': { body: { patientCode: string; recordingId?: string | null; startedAt: string; rpe?: number | null; bfr?: { left?: number | null; right?: number | null } | null; game?: { points: number; max: number } | null; settings?: Record<string, unknown> | null }; answer: Shared83 }
  'GET /api/sessions': { query: { limit?: string; cursor?: string; sort?: '-startedAt' | 'startedAt'; status?: 'pending' | 'processing' | 'completed' | 'failed'; patientCode?: string; recordingId?: string; from?: string; until?: string }; answer: { items: Shared83[]; nextCursor: string | null } }
  'GET /api/sessions/{id}': { path: { id: string }; answer: Shared83 }
  'PATCH /api/sessions/{id}': { path: { id: string }; body: { recordingId?: string | null; startedAt?: string; rpe?: number | null; bfr?: { left?: number | null; right?: number | null } | null; game?: { points: number; max: number } | null; settings?: Record<string, unknown> | null }; answer: Shared83 }
  'POST /api/patients/{code}/notes': { path: { code: string }; body: { sessionId?: string | null; text: string }; answer: Shared54 }
  'GET /api/patients/{code}/notes': { path: { code: string }; query: { limit?: string; cursor?: string; sessionId?: string }; answer: { items: Shared54[]; nextCursor: string | null } }
  'GET /api/patients/{code}/notes/{noteId}': { path: { code: string; noteId: string }; answer: Shared54 }
  'PATCH /api/patients/{code}/notes/{noteId}': { path: { code: string; noteId: string }; body: { text: string }; answer: Shared54 }
  'DELETE /api/patients/{code}/notes/{noteId}': { path: { code: string; noteId: string }; answer: unknown }
  'GET /api/patients/{code}/mvc': { path: { code: string }; query: { at?: string }; answer: { patientCode: string; at: string; validityDays: number; items: ({ muscle: string; side: 'left' | 'right' | 'none'; value: number | null; unit: 'V'; unitBasis: 'declared' | 'assumed' | null; source: 'manual' | 'recording-metadata' | 'patient-record' | 'calculated' | 'default' | null; method: string | null; confidence: 'high' | 'moderate' | 'low' | null; ageDays: number | null; recordId: string | null; reason: string | null; passedOver: Shared35[] })[] } }
  'POST /api/patients/{code}/mvc': { path: { code: string }; body: { muscle: string; side: 'left' | 'right' | 'none'; value: number | null; unit: 'V' | 'mV' | 'uV'; method?: string; recordedBy?: string | null; validFrom?: string | null; validUntil?: string | null }; answer: Shared85 }
  'GET /api/patients/{code}/mvc/history': { path: { code: string }; query: { limit?: string; cursor?: string; muscle?: string; side?: 'left' | 'right' | 'none' }; answer: { items: Shared85[]; nextCursor: string | null } }
  'GET /api/mvc/defaults': { answer: { validityDays: number; defaultValue: number | null; plausible: { least: number; most: number }; unit: 'V' } }
  'POST /api/mvc/calibrate': { body: { recordingId: string; patientCode: string; channels: ({ channel: number | string; muscle: string; side: 'left' | 'right' | 'none'; trials?: { startMs: number; endMs: number }[] })[]; trials?: { startMs: number; endMs: number }[]; recordedBy?: string | null; validFrom?: string | null; validUntil?: string | null }; answer: { items: Shared85[] } }
  'POST /api/mvc/calibrate/preview': { body: { recordingId: string; channels: ({ channel: number | string; trials?: { startMs: number; endMs: number }[] })[] }; answer: { items: ({ channel: number | string; value: number | null; unit: 'V'; unitBasis: 'declared' | 'assumed' | null; trials: Shared11[]; spreadPercent: number | null; flags: ('CLIPPED' | 'SPREAD_OVER_10' | 'ONE_TRIAL' | 'UNIT_ASSUMED')[]; reason: string | null })[] } }
  'GET /api/recordings/{id}/analysis': { path: { id: string }; query: { preset?: string; rate?: number | string }; answer: Shared87 }
  'POST /api/recordings/{id}/analysis': { path: { id: string }; body: { preset?: string; parameters?: Record<string, unknown>; targets?: { mvcPercent?: number; durationMs?: number | null; contractions?: number | null; channels?: Shared49[] }; channels?: Shared20[]; affectedSide?: 'left' | 'right' }; answer: Shared87 }
  'GET /api/sessions/{id}/analysis': { path: { id: string }; answer: Shared87 }
  'POST /api/sessions/{id}/analysis': { path: { id: string }; answer: { jobId: string } }
  'GET /api/sessions/{id}/contractions': { path: { id: string }; answer: { sessionId: string; recordingId: string; preset: string; pipelineVersion: string; plugins: ({ name: string; version: string; hash: string | null })[]; parameters: Shared84; targets: Shared50; assignments: Shared20[]; edits: (Shared4 | { kind: 'remove'; channel: number; atMs: number } | Shared13)[]; affectedSide: 'left' | 'right' | null; exclusions: Shared2[]; warnings: { code: string; message: string }[]; channels: ({ index: number; name: string; label: string; muscle: string | null; side: 'left' | 'right' | 'none' | null; anatomyBasis: 'assigned' | 'label' | null; unit: string; unitBasis: 'declared' | 'assumed'; thresholds: Record<string, number> | null; contractions: Shared75[]; bursts: Shared73; mvc: Shared79 | null; target: { durationMs: number | null; contractions: number | null } })[] } }
  'GET /api/sessions/{id}/channels/{channel}': { path: { id: string; channel: string }; answer: { sessionId: string; recordingId: string; preset: string; pipelineVersion: string; plugins: ({ name: string; version: string; hash: string | null })[]; parameters: Shared84; targets: Shared50; assignments: Shared20[]; edits: (Shared4 | { kind: 'remove'; channel: number; atMs: number } | Shared13)[]; affectedSide: 'left' | 'right' | null; exclusions: Shared2[]; warnings: { code: string; message: string }[]; channel: Shared86 } }
  'GET /api/recordings/{id}/edits': { path: { id: string }; answer: { items: Shared61[] } }
  'POST /api/recordings/{id}/edits': { path: { id: string }; body: { edit: Shared4 | { kind: 'remove'; channel: number; atMs: number } | Shared13; reason?: string | null; author?: string | null }; answer: Shared61 }
  'POST /api/recordings/{id}/edits/{editId}/revoke': { path: { id: string; editId: string }; body: { reason?: string | null; author?: string | null }; answer: Shared61 }
  'GET /api/system/channel-profiles': { answer: { items: Shared40[] } }
  'POST /api/system/channel-profiles': { body: Shared25; answer: Shared40 }
  'PUT /api/system/channel-profiles/{id}': { path: { id: string }; body: Shared25; answer: Shared40 }
  'DELETE /api/system/channel-profiles/{id}': { path: { id: string }; answer: unknown }
  'GET /api/system/analysis': { answer: { pipelineVersion: string; defaultPreset: string; presets: { id: string; summary: string; reference: string; parameters: Shared84 }[]; metrics: Shared7[]; detectors: { id: string; summary: string; reference: string; defaults: Record<string, unknown>; parameters: Record<string, unknown> }[]; qualityChecks: Shared7[] } }
  'GET /api/recordings/{id}/signals': { path: { id: string }; query: { channels?: string; from?: number | string; to?: number | string; points?: number | string; view?: 'raw' | 'filtered' | 'envelope' | 'activated'; preset?: string; rate?: number | string }; answer: Shared81 }
  'POST /api/recordings/{id}/signals': { path: { id: string }; body: { channels?: (number | string)[]; from?: number; to?: number; points?: number; view?: 'raw' | 'filtered' | 'envelope' | 'activated'; preset?: string; parameters?: Record<string, unknown> }; answer: Shared81 }
  'GET /api/recordings/{id}/export': { path: { id: string }; query: Shared56; answer: unknown }
  'GET /api/sessions/{id}/export': { path: { id: string }; query: Shared56; answer: unknown }
  'GET /api/exports': { query: { limit?: string; cursor?: string; recordingId?: string; sessionId?: string }; answer: { items: ({ id: string; recordingId: string; sessionId: string | null; format: string; table: string | null; identity: 'pseudonymised' | 'full'; preset: string; pipelineVersion: string; inputs: string; bytes: number; sha256: string; exportedBy: string | null; exportedAt: string })[]; nextCursor: string | null } }
  'GET /api/scoring/configurations': { query: { limit?: string; cursor?: string }; answer: { items: Shared68[]; nextCursor: string | null } }
  'POST /api/scoring/configurations': { body: { name: string; description?: string; rules: Shared65 }; answer: Shared68 }
  'GET /api/scoring/configurations/{id}': { path: { id: string }; query: { version?: string }; answer: Shared68 }
  'POST /api/scoring/configurations/{id}/versions': { path: { id: string }; body: { description?: string; rules: Shared65 }; answer: Shared68 }
  'POST /api/scoring/configurations/{id}/activate': { path: { id: string }; query: { version?: string }; answer: Shared68 }
  'POST /api/scoring/configurations/{id}/retire': { path: { id: string }; answer: Shared68 }
  'PUT /api/scoring/assignments/patients/{code}': { path: { code: string }; body: { configurationId: string; version?: number }; answer: Shared68 }
  'DELETE /api/scoring/assignments/patients/{code}': { path: { code: string }; answer: unknown }
  'PUT /api/scoring/assignments/sessions/{id}': { path: { id: string }; body: { configurationId: string; version?: number }; answer: Shared68 }
  'DELETE /api/scoring/assignments/sessions/{id}': { path: { id: string }; answer: unknown }
  'GET /api/scoring/resolve': { query: { session?: string; patient?: string }; answer: { source: 'session' | 'patient' | 'active' | 'default'; reason: string; passedOver: Shared10[]; configuration: Shared66 } }
  'POST /api/scoring/scores': { body: { muscles: Shared70[]; bfr: { left: number | null; right: number | null }; rpe: number | null; game: { points: number; max: number } | null; configuration?: { configurationId: string; version?: number } }; answer: Shared67 }
  'POST /api/sessions/{id}/score': { path: { id: string }; answer: Shared72 }
  'GET /api/sessions/{id}/scores': { path: { id: string }; query: { limit?: string; cursor?: string }; answer: { items: Shared72[]; nextCursor: string | null } }
  'GET /api/scoring/adherence/{patientCode}': { path: { patientCode: string }; query: { at?: string }; answer: { patientCode: string; at: string; score: number | null; category: 'excellent' | 'good' | 'moderate' | 'poor' | null; reason: string | null; protocolDay: number | null; completed: number | null; expected: number | null } }
  'GET /api/sessions/{id}/report': { path: { id: string }; query: Shared3; answer: unknown }
  'GET /api/recordings/{id}/report': { path: { id: string }; query: Shared3; answer: unknown }
  'GET /api/sessions/{id}/analyses': { path: { id: string }; query: { limit?: string; cursor?: string }; answer: { items: { id: string; sessionId: string; recordingId: string; inputs: string; preset: string; pipelineVersion: string; completedAt: string }[]; nextCursor: string | null } }
  'GET /api/sessions/{id}/analyses/{analysisId}': { path: { id: string; analysisId: string }; answer: { id: string; sessionId: string; recordingId: string; inputs: string; preset: string; pipelineVersion: string; completedAt: string; result: { preset: string; pipelineVersion: string; plugins: ({ name: string; version: string; hash: string | null })[]; parameters: Shared84; targets: Shared50; assignments: Shared20[]; edits: (Shared4 | { kind: 'remove'; channel: number; atMs: number } | Shared13)[]; affectedSide: 'left' | 'right' | null; channels: Shared86[]; pairs: (Shared82 | Shared74)[]; exclusions: Shared2[]; warnings: { code: string; message: string }[] } } }
  'GET /api/patients/{code}/trends': { path: { code: string }; query: { cursor?: string }; answer: { patientCode: string; sessions: ({ sessionId: string; startedAt: string; status: string; analysis: { id: string; completedAt: string; preset: string; pipelineVersion: string; parametersHash: string; plugins: { name: string; version: string }[] } | null; analysisReason: string | null; muscles: ({ muscle: string; side: 'left' | 'right' | 'none'; amplitude: { value: number | null; unit: '%'; n: number; mvcSource: 'manual' | 'recording-metadata' | 'patient-record' | 'calculated' | 'default' | null; reason: string | null; mvc: number | null }; contractions: { total: number | null; meetsMvc: number | null; meetsDuration: number | null; good: number | null; meanDurationMs: number | null; target: { contractions: number | null; durationMs: number | null; mvcPercent: number | null } }; medianFrequencySlope: { value: number | null; unit: '%/min'; p: number | null; n: number; significant: boolean | null; valid: boolean; basis: string | null; reason: string | null }; quality: 'good' | 'usable' | 'poor' })[]; symmetry: ({ muscle: string; of: 'mvc-percent' | 'amplitude'; leftValue: number | null; rightValue: number | null; robinsonIndex: { value: number | null; reason: string | null }; limbSymmetryIndex: { value: number | null; reason: string | null }; symmetryAngle: { value: number | null; reason: string | null }; ghostlySymmetry: { value: number | null; reason: string | null } })[]; score: { id: string; computedAt: string; overall: { value: number | null; reason: string | null }; components: { compliance: { value: number | null; reason: string | null }; symmetry: { value: number | null; reason: string | null }; effort: { value: number | null; reason: string | null }; game: { value: number | null; reason: string | null } }; scoringVersion: string; configuration: { id: string; version: number; name: string } } | null; scoreReason: string | null; adherence: { score: number | null; category: 'excellent' | 'good' | 'moderate' | 'poor' | null; reason: string | null; protocolDay: number | null; completed: number | null; expected: number | null }; differs: ('preset' | 'pipeline version' | 'parameters' | 'plugins' | 'scoring configuration' | 'scoring version')[] })[]; nextCursor: string | null } }
  'GET /api/analytics/daily': { query: { date?: string; from?: string }; answer: { items: ({ date: string; timeZone: string; from: string; until: string; sessions: { total: number; byStatus: { pending: number; processing: number; completed: number; failed: number } }; recordings: { received: number; bytes: number }; analyses: { preset: string; pipelineVersion: string; sessions: number }[]; contractions: { total: number; good: number; notGood: number; unknown: number; uncountedChannels: number }; quality: { good: number; usable: number; poor: number }; failures: Record<string, number>; patients: { seen: number; behind: ({ patientCode: string; score: number | null; category: 'excellent' | 'good' | 'moderate' | 'poor' | null; reason: string | null; protocolDay: number | null; completed: number | null; expected: number | null })[] }; turnaround: { n: number; medianMs: number | null; maxMs: number | null } })[] } }
  'GET /api/analytics/quality': { query: { sessionIds: string }; answer: { items: { sessionId: string; good: number; usable: number; poor: number }[] } }
  'POST /api/patients/{code}/recordings': { path: { code: string }; query: { fileName?: string; startedAt?: string }; body: unknown; answer: { recording: Shared45; session: Shared83 } }
  'POST /api/webhooks/storage/c3d-upload': { body: { url?: string; bucket?: string; name?: string; fileName?: string; patientCode?: string; startedAt?: string; sha256?: string; size?: number } | { type: string; table: string; schema?: string; record: { bucket_id: string; name: string; metadata?: { size?: number } | null } | null }; answer: { ignored: string } }
  'GET /api/webhooks/storage/status/{id}': { path: { id: string }; answer: { id: string; status: 'pending' | 'processing' | 'completed' | 'failed'; failure: { code: string; reason?: string } | null; object?: string; path?: string; patientCode: string | null; recordingId: string | null; sessionId: string | null; jobId: string; receivedAt: string; finishedAt: string | null; withheld?: string[]; sessionStatus: string | null; sessionFailure: { code: string; reason?: string } | null } }
  'GET /api/webhooks/storage/deliveries': { query: { limit?: string; cursor?: string; status?: 'pending' | 'processing' | 'completed' | 'failed' }; answer: { items: ({ id: string; status: 'pending' | 'processing' | 'completed' | 'failed'; failure: { code: string; reason?: string } | null; object?: string; path?: string; patientCode: string | null; recordingId: string | null; sessionId: string | null; jobId: string; receivedAt: string; finishedAt: string | null; withheld?: string[] })[]; nextCursor: string | null } }
  'POST /api/webhooks/subscriptions': { body: { url: string; events?: ('analysis.completed' | 'analysis.failed')[]; secret?: string }; answer: { id: string; url: string; events: ('analysis.completed' | 'analysis.failed')[]; active: boolean; lastDeliveredAt: string | null; lastFailedAt: string | null; lastFailureCode: string | null; createdAt: string; version: number; secret: string } }
  'GET /api/webhooks/subscriptions': { query: { limit?: string; cursor?: string }; answer: { items: Shared69[]; nextCursor: string | null } }
  'GET /api/webhooks/subscriptions/{id}': { path: { id: string }; answer: Shared69 }
  'PATCH /api/webhooks/subscriptions/{id}': { path: { id: string }; body: { url?: string; events?: ('analysis.completed' | 'analysis.failed')[]; active?: boolean }; answer: Shared69 }
  'DELETE /api/webhooks/subscriptions/{id}': { path: { id: string }; answer: unknown }
  'GET /api/cache/health': { answer: Shared38 }
  'GET /api/cache/stats': { answer: { since: string; phase: 'database' | 'dual-write' | 'redis-primary' | 'redis-only'; isTrusted: boolean; totals: Shared59; memory: { bytes: number; maxBytes: number; entries: number }; tiers: ({ id: 'redis' | 'postgres'; breaker: 'closed' | 'open' | 'half-open'; lastFailure: { message: string; at: string } | null; isAvailable: boolean; operations: Record<string, { calls: number; failures: Record<string, number> }> | null; bytesRead: number | null; bytesWritten: number | null; corrupt: number | null; server: Record<string, string | number | null> | null })[]; namespaces: Shared77[] } }
  'GET /api/cache/dashboard': { answer: { snapshot: { at: string; status: 'ok' | 'warning' | 'degraded'; phase: 'database' | 'dual-write' | 'redis-primary' | 'redis-only'; isTrusted: boolean; totals: Shared59; memory: { bytes: number; maxBytes: number; entries: number }; tiers: ({ id: 'redis' | 'postgres'; breaker: 'closed' | 'open' | 'half-open'; lastFailure: { message: string; at: string } | null })[]; warming: boolean }; health: Shared38; namespaces: Shared77[]; warming: Shared42; history: ({ at: string; readsPerS: number; hitRate: number | null; memoryBytes: number; tiers: Record<string, { latencyMs: number | null; failures: number }> })[] } }
  'GET /api/cache/namespaces': { answer: { items: ({ name: string; key: string; ttlMs: number; graceMs: number; negativeMs: number; deadlineMs: number; tags: string[]; personal: string[]; sharing: 'all' | 'redis' | 'none'; maxBytes: number; entriesInMemory: number })[] } }
  'GET /api/cache/keys': { query: { prefix?: string; cursor?: string; limit?: number | string }; answer: { items: ({ key: string; namespace: string; tier: 'memory' | 'redis' | 'postgres' })[]; nextCursor: string | null; unreachable: ('redis' | 'postgres')[] } }
  'POST /api/cache/invalidate': { query: { pattern?: string; tag?: string; namespace?: string; key?: string }; answer: { removed: { memory?: number; redis?: number; postgres?: number } | null; cleared: string[]; unreachable: ('redis' | 'postgres')[] } }
  'GET /api/cache/warm': { answer: { running: boolean; startedAt: string | null; finishedAt: string | null; steps: Shared41[]; available: ({ name: string; summary: string; priority: number; concurrency: number; about: string | null })[] } }
  'POST /api/cache/warm': { query: { name?: string; about?: string }; answer: Shared42 }
  'POST /api/cache/benchmark': { query: { entries?: number | string; bytes?: number | string; seconds?: number | string }; answer: { entries: number; bytes: number; durationMs: number; cutShort: boolean; memory: { miss: Shared19; hit: Shared19 }; tiers: { redis?: { writeMany: Shared19; read: Shared19; readMany: Shared19 } | null; postgres?: { writeMany: Shared19; read: Shared19; readMany: Shared19 } | null } } }
  'GET /api/cache/stream': { query: { interval?: number | string }; answer: unknown }
  'GET /api/jobs': { query: { plugin?: string; name?: string; state?: 'waiting' | 'running' | 'completed' | 'failed' | 'cancelled'; sessionId?: string; cursor?: string; limit?: string }; answer: { items: Shared78[]; nextCursor: string | null } }
  'GET /api/jobs/queues': { answer: { items: { plugin: string; name: string; waiting: number; running: number; failed: number }[] } }
  'GET /api/jobs/{id}': { path: { id: string }; answer: Shared78 }
  'GET /api/jobs/{id}/events': { path: { id: string }; answer: unknown }
  'POST /api/jobs/{id}/retry': { path: { id: string }; answer: Shared78 }
  'POST /api/jobs/{id}/cancel': { path: { id: string }; answer: Shared78 }
}
