import { expect, setDefaultTimeout, test } from 'bun:test'
import { TARGETS } from '../support/targets.ts'
import { soak } from './soak.ts'

setDefaultTimeout(120_000)

// Of the executable where it is built: it is what clinics run, and what dies here is the same in both.
test.each(TARGETS.filter(({ missing }) => missing === undefined).slice(-1))(
  '$name: whatever is acknowledged while the server is killed is one recording in one analysed session',
  async (target) => {
    const report = await soak({ target, uploads: 60, killEveryMs: 1000, mostKills: 4 })
    expect(report.faults).toEqual([])
    expect(report.kills).toBeGreaterThan(0)
    expect(report).toMatchObject({ acknowledged: 57, refused: 3, sessions: { completed: report.recordings } })
  },
)
