/** docs/scoring.md is true: its examples are computed, its formulas and rules are those of the program. */
import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { adherence } from './adherence/adherence.ts'
import { BUILT_IN } from './configurations/built-in.ts'
import performanceScoring from './index.ts'
import { muscle, scoreOf } from './score/fixtures.ts'
import {
  DEFAULT_RULES,
  type ScoreInput,
  ScoreInputSchema,
  type ScoringRules,
  ScoringRulesSchema,
} from './score/index.ts'

const page = readFileSync(join(import.meta.dir, '../../docs/scoring.md'), 'utf8')
const blocks = (kind: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text)

interface Example {
  readonly rules?: Partial<ScoringRules>
  readonly input: ScoreInput
  readonly expect: Readonly<Record<string, number | string | null>>
}

const examples = blocks('json example').map((text) => JSON.parse(text) as Example)

/** The value at `muscles.0.score.value`; a path that leads nowhere is an error. */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((each, key) => {
    if (typeof each !== 'object' || each === null || !(key in each)) throw new Error(`there is no ${path}`)
    return (each as Record<string, unknown>)[key]
  }, value)
}

describe('docs/scoring.md', () => {
  test('has worked examples', () => {
    expect(examples.length).toBeGreaterThanOrEqual(7)
  })

  test.each(examples.map((example, i) => [i + 1, example] as const))(
    'example %i is computed',
    (_, example) => {
      const rules = v.parse(ScoringRulesSchema, { ...DEFAULT_RULES, ...example.rules })
      const score = scoreOf(v.parse(ScoreInputSchema, example.input), rules)
      for (const [path, expected] of Object.entries(example.expect)) {
        const found = at(score, path)
        if (typeof expected === 'number') expect([path, found]).toEqual([path, expect.closeTo(expected, 10)])
        else expect([path, found]).toEqual([path, expected])
      }
    },
  )

  test('shows the rules that are built in, and their id', () => {
    expect(blocks('json rules').map((text) => JSON.parse(text))).toEqual([DEFAULT_RULES])
    expect(page).toContain(BUILT_IN.id)
  })

  test('shows every formula as the program gives it', () => {
    const score = scoreOf(
      {
        muscles: [muscle(), muscle(), muscle({ side: 'right' }), muscle({ side: 'none' })],
        bfr: { left: 50, right: 50 },
        rpe: 5,
        game: { points: 1, max: 2 },
      },
      { weights: { compliance: 0.25, symmetry: 0.25, effort: 0.25, game: 0.25 } },
    )
    const [first] = score.muscles
    const shown = [score.gate, score.sides.left, ...Object.values(score.components)]
    for (const each of [...shown, first!.completion, first!.intensity, first!.duration]) {
      expect(page).toContain(`\`${each.explanation.formula}\``)
    }
    expect(blocks('formula muscle')).toEqual([`${first!.score.explanation.formula}\n`])
    expect(blocks('formula overall')).toEqual([`${score.overall.explanation.formula}\n`])
  })

  test('gives the adherence that the program gives', () => {
    const given = blocks('json adherence').flatMap(
      (text) => JSON.parse(text) as Array<Record<string, number>>,
    )
    expect(given.length).toBeGreaterThan(0)
    for (const { day = 0, completed = 0, score, category } of given) {
      const found = adherence({ day, completed })
      expect([day, found.score, found.category]).toEqual([day, score, category] as never)
    }
  })

  test('lists every route of the plugin, and no other', () => {
    const declared = (performanceScoring.routes?.({ records: {} }) ?? [])
      .filter(({ method }) => method !== 'delete')
      .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    const listed = [...page.matchAll(/^\| `([A-Z]+ \/[^`]+)`/gm)].map(([, name]) => name as string)
    expect(listed.toSorted()).toEqual(declared.toSorted())
  })
})
