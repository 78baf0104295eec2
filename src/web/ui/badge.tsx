/** A verdict or a state in one or two words: told by its shape and its text, and by its colour as well. */
import type { ComponentChildren } from 'preact'
import { words } from './words.ts'
import './badge.css'

/** `usable` is a warning, `poor` is bad; `plain` judges nothing; `running` is under way. */
export type BadgeKind = 'good' | 'usable' | 'warning' | 'poor' | 'bad' | 'unknown' | 'running' | 'plain'

type Tone = 'good' | 'warning' | 'bad' | 'unknown' | 'running' | 'plain'

const TONES: Readonly<Record<BadgeKind, Tone>> = {
  good: 'good',
  usable: 'warning',
  warning: 'warning',
  poor: 'bad',
  bad: 'bad',
  unknown: 'unknown',
  running: 'running',
  plain: 'plain',
}

/** Outline and what stands in it: a disc, a triangle, an octagon, a broken ring, a ring that turns. */
const SHAPES: Readonly<Record<Exclude<Tone, 'plain'>, { readonly shape: string; readonly sign: string }>> = {
  good: { shape: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z', sign: 'M4.8 8.2l2.2 2.2 4.2-4.6' },
  warning: { shape: 'M8 1.2 15.3 14.5H.7z', sign: 'M8 6v4M8 12.2v.2' },
  bad: {
    shape: 'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z',
    sign: 'M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8',
  },
  unknown: {
    shape: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z',
    sign: 'M6.2 6.3a1.9 1.9 0 1 1 2.4 1.9L8 9M8 11.3v.2',
  },
  running: { shape: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z', sign: 'M8 4.5V8l2.3 1.6' },
}

/** The shape alone, for where the text stands elsewhere. */
export function Shape({ kind }: { readonly kind: Exclude<BadgeKind, 'plain'> }) {
  const tone = TONES[kind] as Exclude<Tone, 'plain'>
  const { shape, sign } = SHAPES[tone]
  return (
    <svg class={`shape ${tone}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path class="outline" d={shape} />
      <path class="sign" d={sign} />
    </svg>
  )
}

/** @example <Badge kind="usable">{t.usable}</Badge> */
export const Badge = ({
  kind,
  children,
}: {
  readonly kind: BadgeKind
  readonly children: ComponentChildren
}) => (
  <span class={`badge ${TONES[kind]}`}>
    {kind !== 'plain' && <Shape kind={kind} />}
    {children}
  </span>
)

export type Verdict = 'good' | 'usable' | 'poor' | 'unknown'

/** The verdict on a signal's quality. */
export const VerdictBadge = ({ verdict }: { readonly verdict: Verdict }) => (
  <Badge kind={verdict}>{words()[verdict]}</Badge>
)

export type SessionStatus = 'pending' | 'processing' | 'completed' | 'failed'

const STATUS_KINDS: Readonly<Record<SessionStatus, BadgeKind>> = {
  pending: 'unknown',
  processing: 'running',
  completed: 'good',
  failed: 'bad',
}

/** How far the analysis of a session is. */
export const StatusBadge = ({ status }: { readonly status: SessionStatus }) => (
  <Badge kind={STATUS_KINDS[status]}>{words()[status]}</Badge>
)

/** How far the analysis of a session is, or that it has no recording to analyse. */
export const SessionState = ({
  recordingId,
  status,
}: {
  readonly recordingId: string | null
  readonly status: SessionStatus
}) =>
  recordingId === null ? <span class="soft">{words().noRecording}</span> : <StatusBadge status={status} />
