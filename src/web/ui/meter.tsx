/** How much of something: a bar with its figure, or the reason why there is none. */
import './meter.css'

interface Properties {
  /** What is measured. */
  readonly label: string
  /** null: it is not known, and nothing is drawn. */
  readonly value: number | null
  /** Of `value`; a bar is never longer than this. */
  readonly max: number
  /** The figure with its unit; the reason where there is none. */
  readonly text: string
  readonly tone?: 'good' | 'warning' | 'bad'
}

/** @example <Meter label={t.memory} value={bytes} max={limit} text={`${bytesText} of ${limitText}`} /> */
export const Meter = ({ label, value, max, text, tone }: Properties) => (
  <div class={`meter ${tone ?? ''}`}>
    <span class="meter-label">{label}</span>
    <span class="meter-text">{text}</span>
    {value === null || !(max > 0) ? (
      <span class="meter-none" />
    ) : (
      <meter aria-label={label} min={0} max={max} value={value} aria-valuetext={text} />
    )}
  </div>
)

/** How far something is. Without a share nobody knows, and the bar says just that it goes on. */
export const Progress = ({
  label,
  share,
  text,
}: {
  readonly label: string
  /** 0 to 1; null: not known. */
  readonly share: number | null
  readonly text?: string
}) => (
  <div class="meter">
    <span class="meter-label">{label}</span>
    {text && <span class="meter-text">{text}</span>}
    {share === null ? <progress aria-label={label} /> : <progress aria-label={label} value={share} max={1} />}
  </div>
)
