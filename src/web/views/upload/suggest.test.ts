import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { isRecording } from './dropped.ts'
import { suggest } from './suggest.ts'

const patients = [
  { code: 'P107', therapist: 'ben' },
  { code: 'P007', therapist: 'anna' },
  { code: 'P0070', therapist: null },
  { code: 'P070' },
]
const codes = (typed: string) => suggest(patients, typed).map(({ code }) => code)

test('whoever types nothing gets all, in their order', () => {
  expect(codes('  ')).toEqual(['P107', 'P007', 'P0070', 'P070'])
})

test('a number is that of a patient before it is a part of another', () => {
  expect(codes('7')[0]).toBe('P007')
  expect(codes('p7')).toEqual(['P007'])
  expect(codes('007')).toEqual(['P007', 'P0070'])
})

test('a code is found however it is typed, the exact one first', () => {
  expect(codes('p007')).toEqual(['P007', 'P0070'])
  expect(codes('P0')).toEqual(['P007', 'P070', 'P0070'])
})

test('a therapist finds their patients, and who is nobody finds none', () => {
  expect(codes('ANN')).toEqual(['P007'])
  expect(codes('nobody')).toEqual([])
})

test('whatever is typed, nobody is there twice and nobody else is', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const found = codes(typed)
      expect(new Set(found).size).toBe(found.length)
      for (const code of found) expect(patients.some((patient) => patient.code === code)).toBe(true)
    }),
  )
})

test('of a folder those files are taken that are called as recordings are', () => {
  const extensions = ['.c3d', '.edf', '.bdf']
  expect(
    ['a.C3D', 'b.edf', 'c.txt', 'c3d', 'd.c3d.part'].map((name) => isRecording(name, extensions)),
  ).toEqual([true, true, false, false, false])
})
