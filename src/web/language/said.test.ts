import { afterAll, expect, test } from 'bun:test'
import { chosenLanguage } from './language.ts'
import { knownSentence, said } from './said.ts'

afterAll(() => {
  chosenLanguage.value = null
})

test('instants and units within sentences are written for people', () => {
  chosenLanguage.value = 'en'
  const text = said('its validity ended at 2026-03-09T09:00:00.000Z')
  expect(text).not.toMatch(/T\d\d:|Z$/)
  expect(text).toStartWith('its validity ended at ')
  expect(text).toContain('2026')
  expect(said('it is outside of 1 uV to 10 mV, so it is no MVC')).toBe(
    'it is outside of 1 µV to 10 mV, so it is no MVC',
  )
})

test('what nobody has put into a language is said in English, and known to be', () => {
  chosenLanguage.value = 'fr'
  expect(knownSentence('there is no calibration')).toBe('il n’y a pas de calibration')
  expect(knownSentence('the manual value was withdrawn at 2026-03-09T09:00:00.000Z')).not.toContain('T09')
  expect(knownSentence('nobody wrote this')).toBeNull()
  expect(said('nobody wrote this')).toBe('nobody wrote this')
})

test('why an analysis failed is said within why there is no figure', () => {
  chosenLanguage.value = 'fr'
  expect(said('the analysis failed: The analysis failed; the log of the server has the details.')).toBe(
    'l’analyse a échoué\u202f: la cause est dans le journal du serveur',
  )
})
