/** A pane with its heading: name, side and unit, faults, and the value at the cursor. */
import { effect, useComputed } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { against } from '../../language/amounts.ts'
import { language } from '../../language/language.ts'
import type { PlotChannel } from './contract.ts'
import { reading } from './figures.ts'
import { axisOf, type Model } from './model.ts'
import { createPane } from './pane.ts'
import { aboutChannel, paneTexts } from './texts.ts'
import { words } from './words.ts'

/** Panes out of sight are drawn once nothing has changed for as long. */
const UNSEEN_MS = 120

interface HeadingProperties {
  readonly model: Model
  readonly channel: PlotChannel
}

function Heading({ model, channel }: HeadingProperties) {
  const t = words()
  const value = useComputed(() =>
    model.cursor.value === null ? '' : reading(model.valueOf(channel.index), channel.unit, words().extremes),
  )
  const isActive = model.props.value.channels.length > 1 && model.active.value === channel.index
  const clipped = channel.quality?.clippedPercent ?? 0
  return (
    <p class="signal-heading" data-active={isActive}>
      <i class="signal-key" data-side={channel.side ?? 'none'} aria-hidden="true" />
      <b>{channel.label}</b>
      <span class="soft">{aboutChannel(channel).join(' · ')}</span>
      {clipped > 0 && (
        <span class="signal-clipped">▼ {t.clipped(against(clipped, [0, 1], clipped < 1 ? 2 : 1, '%'))}</span>
      )}
      <span class="signal-value">{value}</span>
    </p>
  )
}

interface Properties {
  readonly model: Model
  readonly channels: readonly PlotChannel[]
  readonly height: number
  readonly isLast: boolean
}

export function PaneView({ model, channels, height, isLast }: Properties) {
  const host = useRef<HTMLDivElement>(null)
  const t = words()
  const spoken = language.value
  const key = channels.map(({ index }) => index).join()
  useEffect(() => {
    if (!host.current) return
    const pane = createPane(host.current, model, {
      channelsOf: () =>
        model.panes.peek().find((each) => each.map(({ index }) => index).join() === key) ?? channels,
      height,
      isLast,
      texts: paneTexts(),
    })
    let frame = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    let isSeen = true
    const paper = matchMedia('print')
    const draw = (): void => {
      frame = 0
      pane.draw()
    }
    // Panes that are scrolled out of sight need not keep up with a gesture.
    const sight = new IntersectionObserver(
      (entries) => {
        isSeen = entries.at(-1)?.isIntersecting ?? true
      },
      { rootMargin: '200px' },
    )
    sight.observe(host.current)
    const end = effect(() => {
      // Everything that a picture depends on; drawn once a frame, however much has changed.
      model.shown.value
      model.width.value
      model.loaded.value
      model.props.value
      model.draft.value
      model.mode.value
      model.isFitted.value
      model.palette.value
      // Paper waits for no frame.
      if (paper.matches) draw()
      else if (isSeen) frame ||= requestAnimationFrame(draw)
      clearTimeout(timer)
      if (!isSeen) timer = setTimeout(draw, UNSEEN_MS)
    })
    return () => {
      end()
      sight.disconnect()
      cancelAnimationFrame(frame)
      clearTimeout(timer)
      pane.destroy()
    }
  }, [model, key, height, isLast, spoken])
  const unit = axisOf(channels, model.heightsOf(channels)).name
  return (
    <div class="signal-pane">
      {channels.map((channel) => (
        <Heading key={channel.index} model={model} channel={channel} />
      ))}
      <div class="signal-unit soft" aria-hidden="true">
        {model.hasSignal(channels) && (unit || t.noUnit)}
      </div>
      <div ref={host} class="signal-canvas" aria-hidden="true" />
      {isLast && (
        <div class="signal-unit signal-time soft" aria-hidden="true">
          s
        </div>
      )}
    </div>
  )
}
