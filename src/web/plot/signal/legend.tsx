/** What colours, patterns and shapes say, in words; only what occurs. And how to move in the plot. */
import { effect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { paintGlyph } from './glyphs.ts'
import { hasLevels } from './heights.ts'
import type { Model } from './model.ts'
import { LOOKS, type Verdict, verdictsOf } from './verdict.ts'
import { words } from './words.ts'

const WIDTH = 30
const HEIGHT = 16

type Sample = Verdict | 'edited' | 'held' | 'gap' | 'clipped'

function paint(canvas: HTMLCanvasElement, model: Model, sample: Sample): void {
  const palette = model.palette.value
  const ctx = canvas.getContext('2d')
  if (!palette || !ctx) return
  const ratio = devicePixelRatio
  canvas.width = WIDTH * ratio
  canvas.height = HEIGHT * ratio
  const middle = { x: canvas.width / 2, y: canvas.height / 2 }
  const ink = { ink: palette.text, ground: palette.surface }
  if (sample === 'edited') paintGlyph(ctx, 'pencil', middle, 13 * ratio, ink)
  else if (sample === 'held') {
    ctx.fillStyle = palette.text
    ctx.fillRect(0, middle.y - ratio, canvas.width, 2 * ratio)
  } else if (sample === 'gap') {
    ctx.fillStyle = palette.pattern(ctx, 'gap', palette.tones.unknown, ratio)
    ctx.fillRect(0, 0, canvas.width, canvas.height)
  } else if (sample === 'clipped') {
    ctx.fillStyle = palette.warning
    ctx.beginPath()
    ctx.moveTo(middle.x - 5 * ratio, 4 * ratio)
    ctx.lineTo(middle.x + 5 * ratio, 4 * ratio)
    ctx.lineTo(middle.x, 13 * ratio)
    ctx.fill()
  } else {
    const { tone, pattern, glyph } = LOOKS[sample]
    ctx.fillStyle = palette.pattern(ctx, pattern, palette.tones[tone], ratio)
    ctx.fillRect(0, 0, canvas.width, canvas.height)
    paintGlyph(ctx, glyph, middle, 11 * ratio, ink)
  }
}

function Entry({
  model,
  sample,
  text,
}: {
  readonly model: Model
  readonly sample: Sample
  readonly text: string
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(
    () =>
      effect(() => {
        // Reads the palette, and so draws anew in the colours of another theme.
        if (canvas.current) paint(canvas.current, model, sample)
      }),
    [model, sample],
  )
  return (
    <li>
      <span aria-hidden="true">
        <canvas ref={canvas} />
      </span>
      {text}
    </li>
  )
}

export function Legend({ model }: { readonly model: Model }) {
  const t = words()
  const { channels, view } = model.props.value
  model.loaded.value
  const contractions = channels.flatMap((each) => each.contractions)
  const whole = { fromMs: 0, toMs: model.durationMs.value }
  const hasGaps = channels.some(({ index }) =>
    model.stretchesOf(index, whole).some(({ piece }) => piece.gaps.length > 0),
  )
  const hasHeld = hasLevels(view) && contractions.some(({ mvcAmplitude }) => typeof mvcAmplitude === 'number')
  const isClipped = view === 'raw' && channels.some(({ quality }) => (quality?.clippedPercent ?? 0) > 0)
  const hasHiddenLevels = !hasLevels(view) && channels.some(({ mvc }) => typeof mvc?.value === 'number')
  const entries: ReadonlyArray<readonly [Sample, string]> = [
    ...verdictsOf(contractions).map((each) => [each, t[each]] as const),
    ...(contractions.some(({ source }) => source === 'edited') ? [['edited', t.edited] as const] : []),
    ...(hasHeld ? [['held', t.held] as const] : []),
    ...(hasGaps ? [['gap', t.gapLegend] as const] : []),
    ...(isClipped ? [['clipped', t.clippedLegend] as const] : []),
  ]
  return (
    <>
      {entries.length > 0 && (
        <ul class="signal-legend" aria-label={t.legend}>
          {entries.map(([sample, text]) => (
            <Entry key={sample} model={model} sample={sample} text={text} />
          ))}
        </ul>
      )}
      {hasHiddenLevels && <p class="soft signal-note">{t.levelsOnly}</p>}
    </>
  )
}

export function Help({ id, canEdit }: { readonly id: string; readonly canEdit: boolean }) {
  const t = words()
  const parts = [
    [t.helpPointer, t.pointerHelp],
    [t.helpTouch, t.touchHelp],
    [t.helpKeys, t.keysHelp],
    ...(canEdit ? [[t.helpEdit, t.editHelp]] : []),
  ] as const
  return (
    <details class="signal-help not-printed">
      <summary>{t.help}</summary>
      <dl>
        {parts.map(([title, text]) => (
          <div key={title} id={title === t.helpKeys ? id : undefined}>
            <dt>{title}</dt>
            {(text ?? '').split('\n').map((line) => (
              <dd key={line}>{line}</dd>
            ))}
          </div>
        ))}
      </dl>
    </details>
  )
}
