/** What of the signal is shown: channels, view, layout. All of it stands in the address. */
import type { AnalysedChannel } from '../../../api/shapes.ts'
import { query } from '../../../app/router.ts'
import type { SignalView } from '../../../plot/signal/index.ts'
import { Choice } from '../../../ui/choice.tsx'
import { setQuery } from '../address.ts'
import { readChannels, readView, VIEWS } from '../address-parts.ts'
import { words } from './words.ts'

/** Why a view is not there; undefined where it is. */
export function whyNot(view: SignalView, channels: readonly AnalysedChannel[]): string | undefined {
  const t = words()
  if (view === 'raw' || channels.length === 0) return undefined
  if (view === 'activated')
    return channels.every(({ activatedAgreement }) => activatedAgreement === null) ? t.noActivated : undefined
  return channels.every(({ band }) => band === null) ? t.notFiltered : undefined
}

/** What is chosen, as the address has it. */
export function readChoices(all: readonly AnalysedChannel[]) {
  const places = readChannels(query.value.get('channels'))
  const channels = places === null ? all : all.filter(({ index }) => places.includes(index))
  const asked = readView(query.value.get('view'))
  return {
    channels,
    view: whyNot(asked, all) === undefined ? asked : ('raw' as const),
    layout: query.value.get('layout') === 'overlaid' ? ('overlaid' as const) : ('stacked' as const),
    hasSharedScale: query.value.get('scale') === 'shared',
  }
}

function ChannelChoice({
  all,
  shown,
}: {
  readonly all: readonly AnalysedChannel[]
  readonly shown: readonly AnalysedChannel[]
}) {
  const t = words()
  const toggle = (channel: AnalysedChannel): void => {
    const next = all.filter((each) => (each === channel ? !shown.includes(each) : shown.includes(each)))
    setQuery({
      channels: next.length === all.length ? null : next.map(({ index }) => index).join(',') || 'none',
    })
  }
  return (
    <fieldset class="session-channels">
      <legend>{t.channels}</legend>
      <div>
        {all.map((channel) => (
          <label key={channel.index}>
            <input type="checkbox" checked={shown.includes(channel)} onChange={() => toggle(channel)} />
            <span>
              {channel.name}{' '}
              <small>
                {[channel.muscle, channel.side && channel.side !== 'none' ? t[channel.side] : t.noSide]
                  .filter(Boolean)
                  .join(', ')}
              </small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export function Choices({ all }: { readonly all: readonly AnalysedChannel[] }) {
  const t = words()
  const { channels, view, layout, hasSharedScale } = readChoices(all)
  const missing = VIEWS.map((each) => whyNot(each, all)).filter((why) => why !== undefined)
  return (
    <div class="session-choices not-printed">
      {all.length > 1 && <ChannelChoice all={all} shown={channels} />}
      <div>
        <Choice
          label={t.view}
          options={VIEWS.filter((each) => whyNot(each, all) === undefined).map((each) => ({
            value: each,
            label: t[each],
          }))}
          value={view}
          onChoose={(chosen) => setQuery({ view: chosen === 'envelope' ? null : chosen })}
        />
        {missing.map((why) => (
          <small key={why} class="soft">
            {why}
          </small>
        ))}
      </div>
      {channels.length > 1 && (
        <>
          <Choice
            label={t.layout}
            options={[
              { value: 'stacked', label: t.stacked },
              { value: 'overlaid', label: t.overlaid },
            ]}
            value={layout}
            onChoose={(chosen) => setQuery({ layout: chosen === 'stacked' ? null : chosen })}
          />
          {layout === 'stacked' && (
            <label class="session-scale">
              <input
                type="checkbox"
                checked={hasSharedScale}
                onChange={({ currentTarget }) => setQuery({ scale: currentTarget.checked ? 'shared' : null })}
              />
              {t.sharedScale}
            </label>
          )}
        </>
      )}
    </div>
  )
}
