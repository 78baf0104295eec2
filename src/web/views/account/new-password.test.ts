import { describe, expect, test } from 'bun:test'
import { passwordFaults } from './new-password.ts'

const typed = (chosen: string, again = chosen, current = 'what it was') =>
  passwordFaults({ current, chosen, again, loginName: 'marie' })

describe('a new password', () => {
  test('of some words is taken', () => {
    expect(typed('correct horse battery')).toEqual({})
  })

  test('has twelve characters or more', () => {
    expect(typed('eleven char')).toEqual({ chosen: 'tooShort' })
    expect(typed('twelve chars')).toEqual({})
  })

  test('has five different characters or more, upper and lower case being the same', () => {
    expect(typed('aAbBcCdDaAbB')).toEqual({ chosen: 'tooAlike' })
    expect(typed('abcdeabcdeab')).toEqual({})
  })

  test('has no login name in it', () => {
    expect(typed('I am Marie indeed')).toEqual({ chosen: 'namedLike' })
  })

  test('is typed twice alike, which is said once it is good itself', () => {
    expect(typed('correct horse battery', 'correct horse bettery')).toEqual({ again: 'different' })
    expect(typed('short', 'shirt')).toEqual({ chosen: 'tooShort' })
  })

  test('takes the current one', () => {
    expect(typed('correct horse battery', 'correct horse battery', '')).toEqual({ current: 'currentMissing' })
  })
})
