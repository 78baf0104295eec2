import { describe, expect, test } from 'bun:test'
import { causeOf, commandsFor } from './help.ts'

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

describe('the cause', () => {
  test.each([
    ['it is not pinned; `myoserve plugin add /p/grip.ts` pins it', { kind: 'notPinned' }],
    ['its files were changed after they were pinned; `x` pins them as they are', { kind: 'changed' }],
    ['its files are missing from /p; `myoserve plugin remove grip` forgets it', { kind: 'filesMissing' }],
    ['/p/grip is a symbolic link, and links are not pinned', { kind: 'link' }],
    ['it needs hand, which is quarantined', { kind: 'needsWorking', plugin: 'hand' }],
    ['it needs hand, which is not installed', { kind: 'needsInstalled', plugin: 'hand' }],
    ['its start failed: no device', { kind: 'other' }],
  ] as const)('of “%s”', (reason, cause) => {
    expect(causeOf(reason)).toEqual(cause)
  })
})
