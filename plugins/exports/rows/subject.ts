/** The columns that every table begins with: whose, which session, which channel. */
import type { ChannelAnalysis } from '../../emg-analyzer/index.ts'
import type { ExportSource } from '../source.ts'
import { type Column, integer, text } from './table.ts'

/** A row of a channel. */
export interface ChannelRow {
  readonly source: ExportSource
  readonly channel: ChannelAnalysis
}

export const subjectColumns = <Row extends ChannelRow>(): Array<Column<Row>> => [
  text('patient_code', ({ source }) => source.session?.patientCode ?? null),
  text('session_id', ({ source }) => source.session?.id ?? null),
  text('session_started_at', ({ source }) => source.session?.startedAt ?? null),
  text('recording_id', ({ source }) => source.recordingId),
  text('recording_sha256', ({ source }) => source.sha256),
  integer('channel_index', ({ channel }) => channel.index),
  text('channel', ({ channel }) => channel.name),
  text('muscle', ({ channel }) => channel.muscle),
  text('side', ({ channel }) => channel.side),
]

/** Of a full export. */
export const identificationColumns = <Row extends ChannelRow>({
  identification,
}: ExportSource): Array<Column<Row>> =>
  identification === null
    ? []
    : [
        text('patient_name', () => identification.patient?.name ?? null),
        text('patient_date_of_birth', () => identification.patient?.dateOfBirth ?? null),
        text('patient_record_number', () => identification.patient?.recordNumber ?? null),
        text('file_name', () => identification.fileName),
      ]

export const provenanceColumns = <Row extends ChannelRow>(): Array<Column<Row>> => [
  text('preset', ({ source }) => source.analysis.preset),
  text('pipeline_version', ({ source }) => source.analysis.pipelineVersion),
]
