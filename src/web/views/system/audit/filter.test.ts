import { describe, expect, test } from 'bun:test'
import { asked, faultsIn, filterIn } from './filter.ts'

const filter = (query: string) => filterIn(new URLSearchParams(query))

describe('the filter of the audit log', () => {
  test('asks for everything where the address says nothing', () => {
    expect(asked(filter(''))).toEqual({})
    expect(faultsIn(filter(''))).toEqual({})
  })

  test('asks what the address says, times as instants', () => {
    const said = filter('actor=user:anna&record=patient:P001&outcome=refused&from=2026-11-21T08:00')
    expect(asked(said)).toEqual({
      actor: 'user:anna',
      record: 'patient:P001',
      outcome: 'refused',
      from: new Date('2026-11-21T08:00').toISOString(),
    })
    expect(faultsIn(said)).toEqual({})
  })

  test('leaves out an outcome that there is not, and a time that is none', () => {
    expect(asked(filter('outcome=lost&from=yesterday'))).toEqual({})
    expect(faultsIn(filter('from=yesterday'))).toEqual({ from: true })
  })

  test('wants a kind and an id of a record', () => {
    expect(faultsIn(filter('record=P001'))).toEqual({ record: true })
  })

  test('wants the end behind the beginning', () => {
    expect(faultsIn(filter('from=2026-11-21T08:00&to=2026-11-21T08:00'))).toEqual({ to: true })
    expect(faultsIn(filter('from=2026-11-21T08:00&to=2026-11-21T08:01'))).toEqual({})
  })
})
