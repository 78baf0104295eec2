/** The parameters of the analysis as a form: what differs from the preset stands out, and nothing is stored. */
import type { Analysis, AnalysisCatalogue } from '../../../api/shapes.ts'
import { significant, withUnit } from '../../../language/format.ts'
import { SelectField } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { baseValue, type Changes, changed } from './changes.ts'
import { ParameterField } from './field.tsx'
import { bandEnd, type Section, sectionsFor, type Value } from './fields.ts'
import type { Recalculation } from './use-recalculation.ts'
import { wordOf, words } from './words.ts'
import './parameters.css'

interface Properties {
  readonly catalogue: AnalysisCatalogue
  readonly stored: Analysis
  readonly changes: Changes
  readonly recalculation: Recalculation
  readonly onChange: (changes: Changes) => void
  readonly onClose: () => void
}

const presetName = (id: string): string => wordOf(id) ?? id

function State({
  recalculation,
  hasChanged,
}: {
  readonly recalculation: Recalculation
  readonly hasChanged: boolean
}) {
  const t = words()
  const { problem, isRunning } = recalculation
  return (
    <div role="status" class="session-parameters-state">
      {problem ? (
        <Notice kind="warning">
          <p>{t.failed}</p>
          <p lang="en">{problem.detail}</p>
        </Notice>
      ) : (
        hasChanged && <small>{isRunning ? t.running : t.calculated}</small>
      )}
    </div>
  )
}

export function ParametersPanel({
  catalogue,
  stored,
  changes,
  recalculation,
  onChange,
  onClose,
}: Properties) {
  const t = words()
  const base = (path: string): Value | undefined => baseValue(path, changes, catalogue, stored)
  const value = (path: string): Value | undefined =>
    Object.hasOwn(changes.values, path) ? (changes.values[path] ?? null) : base(path)
  const sections = sectionsFor(catalogue, String(value('detection.method')))
  const count = Object.keys(changes.values).length
  const isOtherPreset = changes.preset !== stored.preset
  const [low, high] = [value('bandPass.lowHz'), value('bandPass.highHz')]
  const isUpsideDown = typeof low === 'number' && typeof high === 'number' && low >= high
  const end = bandEnd(stored.channels, value('rateOverride'), high)
  const errorOf = (path: string): string | undefined => {
    if (path === 'bandPass.highHz' && isUpsideDown) return t.lowAboveHigh
    if (path !== 'envelope.cutoffHz' && (path !== 'bandPass.lowHz' || isUpsideDown)) return undefined
    const corner = value(path)
    return typeof corner === 'number' && end !== null && corner >= end
      ? t.aboveBand(withUnit(significant(end, 4), 'Hz'))
      : undefined
  }
  const fields = ({ fields: own }: Section) =>
    own.map((field) => (
      <ParameterField
        key={field.path}
        field={field}
        value={value(field.path)}
        base={base(field.path)}
        error={errorOf(field.path)}
        onChange={(to) => onChange(changed(changes, field.path, to, base(field.path)))}
      />
    ))
  return (
    <aside class="session-parameters card not-printed" aria-labelledby="session-parameters">
      <header>
        <h2 id="session-parameters">{t.title}</h2>
        <button type="button" class="plain" aria-label={t.close} onClick={onClose}>
          ×
        </button>
      </header>
      <p class="soft">{t.notStored}</p>
      <State recalculation={recalculation} hasChanged={count > 0 || isOtherPreset} />
      {(count > 0 || isOtherPreset) && (
        <p class="row">
          <span>
            {[
              ...(isOtherPreset ? [t.otherPreset(presetName(changes.preset))] : []),
              ...(count > 0 ? [t.changed(count)] : []),
            ].join(', ')}
          </span>
          <button type="button" onClick={() => onChange({ preset: stored.preset, values: {} })}>
            {t.reset}
          </button>
        </p>
      )}
      <SelectField
        label={t.preset}
        value={changes.preset}
        options={catalogue.presets.map(({ id }) => ({
          value: id,
          label: id === catalogue.defaultPreset ? t.isDefault(presetName(id)) : presetName(id),
        }))}
        onChange={({ currentTarget }) => onChange({ preset: currentTarget.value, values: {} })}
      />
      {sections.map((section) =>
        section.id === 'options' || section.id === 'more' ? (
          section.fields.length > 0 && (
            <details
              key={section.id}
              open={section.fields.some(({ path }) => Object.hasOwn(changes.values, path)) || undefined}
            >
              <summary>{section.id === 'options' ? t.showOptions(section.fields.length) : t.more}</summary>
              <div class="session-parameter-fields">{fields(section)}</div>
            </details>
          )
        ) : (
          <fieldset key={section.id}>
            <legend>{t[section.id]}</legend>
            <div class="session-parameter-fields">{fields(section)}</div>
          </fieldset>
        ),
      )}
    </aside>
  )
}
