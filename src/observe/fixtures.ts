/** Reads the Prometheus text format as strictly as its rules allow, for tests. */

export interface ParsedSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface ParsedFamily {
  readonly type: string
  readonly help: string
  readonly samples: readonly ParsedSample[]
}

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/
const VALUE = /^(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|[+-]Inf)$/

const plain = (text: string): string =>
  text.replace(/\\([\\"n])/g, (_, each: string) => (each === 'n' ? '\n' : each))

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {}
  for (let rest = text; rest !== ''; ) {
    const match = LABEL.exec(rest)
    if (!match) throw new SyntaxError(`no label: ${rest}`)
    const [whole, name = '', value = ''] = match
    if (name in labels) throw new SyntaxError(`label ${name} twice`)
    labels[name] = plain(value)
    rest = rest.slice(whole.length)
  }
  return labels
}

const numberOf = (text: string): number =>
  text === 'NaN' ? Number.NaN : text.endsWith('Inf') ? Number(`${text}inity`) : Number(text)

/** The names that samples of a family may have. */
const suffixes = (type: string): string[] => (type === 'summary' ? ['', '_sum', '_count'] : [''])

/**
 * @throws {SyntaxError} for a line that is none, a sample outside its family, a family or a series that is there twice,
 * a counter that does not end in _total or is negative, a summary without sum or count
 */
export function parseMetrics(text: string): Map<string, ParsedFamily> {
  if (!text.endsWith('\n')) throw new SyntaxError('the last line does not end')
  const families = new Map<string, { type: string; help: string; samples: ParsedSample[] }>()
  const series = new Set<string>()
  let current = ''
  let help: readonly [string, string] | null = null
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line)
    if (comment) {
      const [, kind, name = '', rest = ''] = comment
      if (kind === 'HELP') {
        help = [name, plain(rest)]
        continue
      }
      if (help?.[0] !== name) throw new SyntaxError(`${name} has a type and no help`)
      if (families.has(name)) throw new SyntaxError(`${name} is there twice`)
      if (!['counter', 'gauge', 'summary'].includes(rest)) throw new SyntaxError(`no type: ${rest}`)
      if ((rest === 'counter') !== name.endsWith('_total')) throw new SyntaxError(`${name} is a ${rest}`)
      families.set(name, { type: rest, help: help[1], samples: [] })
      current = name
      continue
    }
    const match = LINE.exec(line)
    if (!match) throw new SyntaxError(`no sample: ${line}`)
    const [, name = '', labelText = '', valueText = ''] = match
    const family = families.get(current)
    if (!family || !suffixes(family.type).some((suffix) => name === current + suffix)) {
      throw new SyntaxError(`${name} stands outside its family`)
    }
    if (!VALUE.test(valueText)) throw new SyntaxError(`no value: ${valueText}`)
    const labels = readLabels(labelText)
    if (family.type === 'summary' && (name === current) !== 'quantile' in labels) {
      throw new SyntaxError(`${name} has its quantile where it should not, or has none`)
    }
    const id = JSON.stringify([name, Object.entries(labels).toSorted()])
    if (series.has(id)) throw new SyntaxError(`${id} is there twice`)
    series.add(id)
    const value = numberOf(valueText)
    if (family.type === 'counter' && !(value >= 0)) throw new SyntaxError(`${name} counts ${value}`)
    family.samples.push({ name, labels, value })
  }
  for (const [name, { type, samples }] of families) {
    const has = (suffix: string) => samples.filter((sample) => sample.name === name + suffix).length
    if (type === 'summary' && has('_sum') !== has('_count')) throw new SyntaxError(`${name}: sums and counts`)
  }
  return families
}
