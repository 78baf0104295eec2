/** Who, when, and which recording. */
import type { Language } from '../languages/index.ts'
import { type Content, joined, type Markup, markup, own } from '../markup.ts'
import type { ReportSubject } from '../subject.ts'

const entry = (name: string, value: Content): Markup => markup`<div><dt>${name}</dt><dd>${value}</dd></div>
`

function when({ time }: ReportSubject, { texts: { head, startBasis } }: Language): Content {
  if (!time) return head.whenUnknown
  const zone = time.isLocal ? ` (${head.localTime})` : ''
  return markup`${time.text}${zone} <span class="aside">${startBasis[time.basis]}</span>`
}

/** What was noted of a session beside its recording. */
function sessionFacts({ session }: ReportSubject, { texts, figures }: Language): Content {
  if (!session) return ''
  const { head, sides } = texts
  const { rpe, bfr, game } = session
  const pressure = (side: 'left' | 'right'): string => {
    const value = bfr[side]
    return `${sides[side]} ${value === null ? head.notMeasured : figures.plain(value, '%')}`
  }
  const unit = bfr.left === null && bfr.right === null ? '' : ` ${head.ofOcclusion}`
  return [
    entry(head.exertion, rpe === null ? texts.notStatedHere : `${rpe} / 10 (Borg CR-10)`),
    entry(head.pressure, `${pressure('left')}, ${pressure('right')}${unit}`),
    entry(
      head.game,
      game === null
        ? texts.none
        : `${figures.plain(game.points)} / ${figures.plain(game.max)} ${head.points}`,
    ),
  ]
}

/** The head of a recording's report. */
export function headOf(subject: ReportSubject, language: Language): Markup {
  const { texts } = language
  const { head } = texts
  const { session, recordingId, fileName, analysis } = subject
  return markup`<header>
<h1>${texts.title}</h1>
<dl class="facts">
${entry(head.patient, session ? own(session.patientCode) : head.noPatient)}${entry(head.when, when(subject, language))}${fileName === null ? '' : entry(head.file, own(fileName))}${recordingId === null ? '' : entry(head.recording, markup`<code>${recordingId}</code>`)}${
  session ? entry(head.session, markup`<code>${session.id}</code>`) : ''
}${entry(
  head.channels,
  joined(
    analysis.channels.map(({ name }) => own(name)),
    ', ',
  ),
)}${entry(
  head.preset,
  markup`${own(analysis.preset)} (${head.pipeline} ${analysis.pipelineVersion})`,
)}${sessionFacts(subject, language)}</dl>
</header>
`
}
