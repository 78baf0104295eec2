import { describe, expect, test } from 'bun:test'
import { commandsFor } from './help.ts'

describe('the command that helps a plugin', () => {
  test('is the one that its reason names', () => {
    expect(
      commandsFor('grip', 'its files are missing from /p; `myoserve plugin remove grip` forgets it'),
    ).toEqual(['myoserve plugin remove grip'])
  })

  test('tries the one again that it waits for', () => {
    expect(commandsFor('grip', 'it needs hand, which is quarantined')).toEqual([
      'myoserve plugin reload hand',
    ])
  })

  test('brings the one that is not there', () => {
    expect(commandsFor('grip', 'it needs hand, which is not installed')).toEqual([
      'myoserve plugin enable hand',
      'myoserve plugin add PATH',
    ])
  })

  test('tries it again otherwise', () => {
    expect(commandsFor('grip', 'its start failed: no device')).toEqual(['myoserve plugin reload grip'])
    expect(commandsFor('grip', undefined)).toEqual(['myoserve plugin reload grip'])
  })
})
