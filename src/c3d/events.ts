/** Events: those of the header and those of the EVENT group, in trial time. */

import { type C3dHeader, MAX_HEADER_EVENTS } from './header.ts'
import type { Lookup } from './lookup.ts'
import type { WarningLog } from './warnings.ts'

/** One event. Header and EVENT group may both have it, or differ: both are kept. */
export interface C3dEvent {
  /** Which of the two lists it comes from. */
  source: 'header' | 'group'
  /** What happened. */
  label: string
  /** Seconds from the first stored frame; null when the file gives no number. */
  time: number | null
  /** Side or kind (EVENT:CONTEXTS), empty when not stated. */
  context: string
  /** Whom it concerns (EVENT:SUBJECTS), empty when not stated. */
  subject: string
  /** EVENT:DESCRIPTIONS, empty when not stated. */
  description: string
  /** Header events: whether the display flag is on. It never means that the event did not happen. */
  shown: boolean
}

/** The recording that the events belong to. */
export interface EventClock {
  firstFrame: number
  frames: number
  rate: number
}

/** All events in file order, the header's first. */
export function readEvents(
  header: C3dHeader,
  lookup: Lookup,
  clock: EventClock,
  log: WarningLog,
): C3dEvent[] {
  if (header.eventCount > MAX_HEADER_EVENTS) {
    const message = `The header counts ${header.eventCount} events; it can hold ${MAX_HEADER_EVENTS}.`
    log.add({ code: 'EVENT_COUNT', message, count: header.eventCount })
  }
  const events = [...headerEvents(header), ...groupEvents(lookup, clock, log)]
  const end = clock.frames / clock.rate
  const slack = 1 / clock.rate
  for (const { time, label } of events)
    if (time === null) log.place('EVENT_TIME', 'has no time', label)
    else if (time < -slack || time > end + slack)
      log.place('EVENT_TIME', `lies outside the ${end.toFixed(3)} s of the recording`, label)
  return events
}

/** Header times count from the first stored frame, whatever its number. @see https://www.c3d.org/HTML/eventtimes.htm */
function headerEvents({ events }: C3dHeader): C3dEvent[] {
  return events.map(({ label, time, on }) => ({
    source: 'header',
    label,
    time: finite(time),
    context: '',
    subject: '',
    description: '',
    shown: on,
  }))
}

/**
 * EVENT:TIMES are minutes and seconds from frame 1, as (2, n) or 2n in a row; the EVENTS group of some programs
 * has one number of seconds each. @see https://c3d.org/HTML/Documents/eventtimes1.htm
 */
function groupEvents(lookup: Lookup, { firstFrame, rate }: EventClock, log: WarningLog): C3dEvent[] {
  const times = lookup.allNumbers('EVENT', 'TIMES') ?? []
  const labels = lookup.allTexts('EVENT', 'LABELS') ?? []
  const used = lookup.count('EVENT', 'USED') ?? Math.max(labels.length, Math.ceil(times.length / 2))
  const count = Math.min(used, Math.max(labels.length, times.length))
  if (used > count) {
    const message = `EVENT:USED says ${used}, and the group holds ${count}.`
    log.add({ code: 'EVENT_COUNT', message, count: used })
  }
  const paired = times.length >= 2 * count
  const before = Math.max(firstFrame - 1, 0) / rate
  const [contexts, subjects, descriptions] = ['CONTEXTS', 'SUBJECTS', 'DESCRIPTIONS'].map((name) =>
    lookup.allTexts('EVENT', name),
  )
  return Array.from({ length: count }, (_, i) => {
    const absolute = paired ? times[2 * i]! * 60 + times[2 * i + 1]! : (times[i] ?? Number.NaN)
    return {
      source: 'group',
      label: labels[i] ?? '',
      time: finite(absolute - before),
      context: contexts?.[i] ?? '',
      subject: subjects?.[i] ?? '',
      description: descriptions?.[i] ?? '',
      shown: true,
    }
  })
}

const finite = (time: number): number | null => (Number.isFinite(time) ? time : null)
