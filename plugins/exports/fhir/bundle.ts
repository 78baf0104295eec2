/** An analysis as a bundle: a report, an observation for each figure, the program that made them, a patient by code. */

import type { Figure } from '../rows/metrics.ts'
import { figuresOf } from '../rows/metrics.ts'
import type { ExportSource } from '../source.ts'
import type {
  Bundle,
  CodeableConcept,
  Device,
  DiagnosticReport,
  Observation,
  Patient,
  Reference,
  Value,
} from './resources.ts'
import { ucumOf } from './units.ts'

type Channel = ExportSource['analysis']['channels'][number]

/** Names that this program gives, where FHIR wants a URI for whose they are. */
const SYSTEMS = {
  patient: 'urn:x-myoserve:patient-code',
  record: 'urn:x-myoserve:medical-record-number',
  recording: 'urn:x-myoserve:recording-sha256',
  metric: 'urn:x-myoserve:metric',
  quality: 'urn:x-myoserve:signal-quality',
  file: 'urn:x-myoserve:file-name',
} as const

/** EEG, EMG and the like: https://terminology.hl7.org/CodeSystem-v2-0074.html */
const ELECTRONEURO = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'EN' }],
} as const

const PROCEDURE = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'procedure' }],
} as const

/** An id that follows from what it names: a version 8 UUID of RFC 9562, so that the same analysis is the same bundle. */
function uuidOf(...parts: readonly unknown[]): string {
  const hash = new Bun.CryptoHasher('sha256').update(JSON.stringify(parts)).digest('hex')
  const variant = '89ab'[Number.parseInt(hash[16] ?? '0', 16) % 4]
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}

const referenceTo = ({ id }: { readonly id: string }): Reference => ({ reference: `urn:uuid:${id}` })

/** @see https://hl7.org/fhir/R4/valueset-data-absent-reason.html */
const absent = (text: string): CodeableConcept => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }],
  text,
})

function measured({ value, unit, reason }: Figure): Value {
  if (value === null) return { dataAbsentReason: absent(reason ?? 'it is not known') }
  const code = ucumOf(unit)
  const known = code === null ? {} : ({ system: 'http://unitsofmeasure.org', code } as const)
  return { valueQuantity: { value, unit, ...known } }
}

/** Muscle and side in words; codes of body structures are licensed. */
function bodySite({ muscle, side, name }: Channel): CodeableConcept {
  const words = [side === 'left' || side === 'right' ? side : null, muscle ?? name].filter(Boolean)
  return { text: words.join(' ') }
}

/** What stands in every resource of one export. */
interface Shared {
  readonly source: ExportSource
  readonly device: Device
  readonly about: Pick<Observation, 'subject' | 'effectiveDateTime'>
}

const observation = (
  { source, device, about }: Shared,
  channel: Channel,
  name: string,
  rest: Omit<Partial<Observation>, 'id' | 'resourceType'>,
): Observation => ({
  resourceType: 'Observation',
  id: uuidOf('observation', source.sha256, source.session?.id, source.analysis.preset, channel.index, name),
  status: 'final',
  category: [PROCEDURE],
  code: { coding: [{ system: SYSTEMS.metric, code: name }], text: name },
  ...about,
  device: referenceTo(device),
  bodySite: bodySite(channel),
  ...rest,
})

function observationsOf(shared: Shared, channel: Channel): Observation[] {
  const { preset } = shared.source.analysis
  const figures = figuresOf(channel).map((figure) =>
    observation(shared, channel, figure.metric, {
      method: { text: [`preset ${preset}`, figure.over && `over ${figure.over}`].filter(Boolean).join(', ') },
      ...measured(figure),
    }),
  )
  const { verdict, reasons } = channel.quality
  const quality = observation(shared, channel, 'signalQuality', {
    valueCodeableConcept: { coding: [{ system: SYSTEMS.quality, code: verdict }], text: verdict },
    ...(reasons.length > 0 ? { note: reasons.map(({ message }) => ({ text: message })) } : {}),
  })
  return [...figures, quality]
}

/** How hard it was, as the patient said. */
function exertionOf({ source, device, about }: Shared): Observation[] {
  const { session } = source
  if (!session || session.rpe === null) return []
  const name = 'ratingOfPerceivedExertion'
  return [
    {
      resourceType: 'Observation',
      id: uuidOf('observation', session.id, name),
      status: 'final',
      category: [PROCEDURE],
      code: {
        coding: [{ system: SYSTEMS.metric, code: name }],
        text: 'Rating of perceived exertion, Borg CR-10',
      },
      ...about,
      device: referenceTo(device),
      valueQuantity: {
        value: session.rpe,
        unit: '{score}',
        system: 'http://unitsofmeasure.org',
        code: '{score}',
      },
    },
  ]
}

function conclusionOf({ analysis }: ExportSource): string {
  if (analysis.channels.length === 0) return 'No channel of the recording is surface EMG.'
  const channels = analysis.channels.map(
    ({ name, contractions, quality }) =>
      `${name}: ${contractions.length} contractions, signal ${quality.verdict}`,
  )
  return `${channels.join('; ')}. Preset ${analysis.preset}, pipeline ${analysis.pipelineVersion}.`
}

function patientOf(
  { patientCode }: NonNullable<ExportSource['session']>,
  identification: ExportSource['identification'],
): Patient {
  const { name = null, dateOfBirth = null, recordNumber = null } = identification?.patient ?? {}
  return {
    resourceType: 'Patient',
    id: uuidOf('patient', patientCode),
    identifier: [
      { system: SYSTEMS.patient, value: patientCode },
      ...(recordNumber === null ? [] : [{ system: SYSTEMS.record, value: recordNumber }]),
    ],
    ...(name === null ? {} : { name: [{ text: name }] }),
    ...(dateOfBirth === null ? {} : { birthDate: dateOfBirth }),
  }
}

/** The bundle of one recording. */
export function bundleOf(source: ExportSource): Bundle {
  const { analysis, session, sha256, identification } = source
  const patient = session && patientOf(session, identification)
  const device: Device = {
    resourceType: 'Device',
    id: uuidOf('device', analysis.pipelineVersion),
    deviceName: [{ name: 'Myoserve', type: 'user-friendly-name' }],
    version: [{ value: analysis.pipelineVersion }],
  }
  const about = {
    ...(patient && { subject: referenceTo(patient) }),
    ...(session && { effectiveDateTime: session.startedAt }),
  }
  const shared: Shared = { source, device, about }
  const observations = [
    ...analysis.channels.flatMap((channel) => observationsOf(shared, channel)),
    ...exertionOf(shared),
  ]
  const report: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    id: uuidOf('report', sha256, session?.id, analysis.preset, analysis.pipelineVersion),
    ...(identification && { identifier: [{ system: SYSTEMS.file, value: identification.fileName }] }),
    status: 'final',
    category: [ELECTRONEURO],
    code: {
      coding: [{ system: 'http://loinc.org', code: '18749-2', display: 'Electromyogram study' }],
      text: 'Surface electromyography',
    },
    ...about,
    result: observations.map(referenceTo),
    conclusion: conclusionOf(source),
  }
  const resources = [report, ...(patient ? [patient] : []), device, ...observations]
  return {
    resourceType: 'Bundle',
    type: 'collection',
    identifier: { system: SYSTEMS.recording, value: sha256 },
    entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource })),
  }
}
