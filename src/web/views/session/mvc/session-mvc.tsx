/** For each channel of a session: which MVC was used, where it is from, and from what amplitude on a contraction counts. */
import type { Answer } from '../../../api/client.ts'
import { useRead } from '../../../api/use-read.ts'
import { href } from '../../../app/router.ts'
import { may } from '../../../app/viewer.ts'
import { amplitude, exactPercent } from '../../../language/format.ts'
import { MvcValue, mvcFacts, PassedOver } from '../../../mvc/value.tsx'
import { words as mvcWords } from '../../../mvc/words.ts'
import { Empty } from '../../../ui/empty.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { words } from './words.ts'
import './session-mvc.css'

type Analysis = Answer<'GET /api/sessions/{id}/analysis'>
type Channel = Analysis['channels'][number]

function ChannelMvc({ channel }: { readonly channel: Channel }) {
  const t = words()
  const m = mvcWords()
  const { index, label, muscle, side, mvc } = channel
  const name = muscle === null ? t.muscleUnknown : side === null ? muscle : `${muscle} (${m[side]})`
  const id = `session-mvc-${index}`
  return (
    <section class={`card stack session-mvc ${side ?? 'none'}`} aria-labelledby={id}>
      <h2 id={id}>
        {name} <small class="soft">{t.channel(label)}</small>
      </h2>
      {muscle === null && <p class="soft">{t.muscleUnknownWhy}</p>}
      {mvc === null ? (
        <p>{t.none}</p>
      ) : (
        <>
          <MvcValue resolution={mvc} />
          <Facts
            facts={[
              ...mvcFacts(mvc),
              {
                label: t.threshold,
                value: mvc.threshold === null ? t.thresholdNone : amplitude(mvc.threshold),
                note:
                  mvc.threshold === null ? t.thresholdWhy : t.thresholdIs(exactPercent(mvc.targetPercent)),
              },
            ]}
          />
          <PassedOver resolution={mvc} of={name} />
        </>
      )}
    </section>
  )
}

/** @param analysis undefined: the session has none. @example <SessionMvc sessionId={id} analysis={analysis.data} /> */
export function SessionMvc({
  sessionId,
  analysis,
}: {
  readonly sessionId: string
  readonly analysis: Analysis | undefined
}) {
  const t = words()
  const { data: session } = useRead('GET /api/sessions/{id}', { path: { id: sessionId } })
  return (
    <div class="stack session-mvcs">
      <div class="row">
        <p>{t.intro}</p>
        {session && may('mvc:read') && (
          <a class="button" href={href(`/patients/${encodeURIComponent(session.patientCode)}/mvc`)}>
            {t.toPatient}
          </a>
        )}
      </div>
      {!analysis ? (
        <Empty title={t.noAnalysis}>
          <p>{t.noAnalysisWhy}</p>
        </Empty>
      ) : analysis.channels.length === 0 ? (
        <Empty title={t.noChannels}>
          <p>{t.noChannelsWhy}</p>
        </Empty>
      ) : (
        <div class="session-mvc-channels">
          {analysis.channels.map((channel) => (
            <ChannelMvc key={channel.index} channel={channel} />
          ))}
        </div>
      )}
    </div>
  )
}
