/** What `analyze --json` prints of a sample recording, shortened: values are the program's, and no key is made up. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli, SOURCE } from '../../support/cli.ts'

/** `true` takes all of a value; an array takes as many items as it has, each by its own choice. */
type Choice = true | readonly Choice[] | { readonly [key: string]: Choice }

const CHOSEN: Choice = {
  file: true,
  recording: { analogs: true, analogRate: true, analogUnits: true },
  preset: true,
  pipelineVersion: true,
  parameters: { gaps: true, bandPass: true },
  targets: true,
  channels: [
    {
      index: true,
      name: true,
      muscle: true,
      side: true,
      anatomyBasis: true,
      unit: true,
      unitBasis: true,
      rate: true,
      samples: true,
      durationS: true,
      band: true,
      spectra: true,
      thresholds: true,
      contractions: [true],
      bursts: { count: true, meanDurationMs: true, dutyCyclePercent: true },
      metrics: { rms: true, activeRms: true, medianFrequency: true },
      fatigue: {
        valid: true,
        basis: true,
        points: [true],
        slopes: { medianFrequency: true },
        jasa: true,
        dimitrovRatio: true,
      },
      mvc: {
        value: true,
        unit: true,
        source: true,
        method: true,
        confidence: true,
        targetPercent: true,
        threshold: true,
      },
      target: true,
      quality: {
        verdict: true,
        reasons: true,
        checks: { dropouts: true, signalToNoise: true },
        dropouts: { count: true, totalMs: true, blocks: [true] },
      },
    },
  ],
  pairs: [true],
  exclusions: true,
  warnings: true,
}

/** @throws {Error} when there is no such part */
function shorten(value: unknown, choice: Choice, path = ''): unknown {
  if (choice === true) return value
  if (Array.isArray(choice)) {
    if (!Array.isArray(value) || value.length < choice.length) throw new Error(`${path} has too few items`)
    return choice.map((each, i) => shorten(value[i], each, `${path}.${i}`))
  }
  return Object.fromEntries(
    Object.entries(choice).map(([key, each]) => {
      if (typeof value !== 'object' || value === null || !(key in value)) {
        throw new Error(`there is no ${path}.${key}`)
      }
      return [key, shorten((value as Record<string, unknown>)[key], each, `${path}.${key}`)]
    }),
  )
}

/** Small values on one line each, so that the page stays readable. */
function format(value: unknown, indent = ''): string {
  const line = JSON.stringify(value, null, 1).replaceAll(/\n */g, ' ')
  if (indent.length + line.length <= 105 || typeof value !== 'object' || value === null) return line
  const inner = `${indent}  `
  const parts = Array.isArray(value)
    ? value.map((each) => `${inner}${format(each, inner)}`)
    : Object.entries(value).map(([key, each]) => `${inner}${JSON.stringify(key)}: ${format(each, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`
}

/** Runs the program on the sample recordings that it writes. */
export async function exampleBlock(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'myoserve-docs-'))
  try {
    const run = async (...args: string[]) => {
      const { exitCode, stdout, stderr } = await runCli(SOURCE, args, { cwd: folder })
      if (exitCode !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
      return stdout
    }
    await run('sample', 'samples')
    const printed = await run('analyze', '--json', 'samples/radio-dropouts.c3d')
    return `\`\`\`json\n${format(shorten(JSON.parse(printed), CHOSEN))}\n\`\`\`\n`
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
