import { describe, expect, test } from 'bun:test'
import { c3dFormat } from './c3d-format.ts'
import { createFormats } from './formats.ts'
import { type FormatSignature, type RecordingFormat, UnreadableRecording } from './recording.ts'
import { sampleRecordings } from './samples/index.ts'

/** A format that reads whatever it is given. */
const format = (id: string, ...signatures: FormatSignature[]): RecordingFormat => ({
  type: 'recording-format',
  id,
  summary: id,
  reference: id,
  mediaType: `text/${id}`,
  extensions: [`.${id}`],
  signatures,
  read: () => ({ format: id, channels: [], durationS: 0, warnings: [], describe: () => ({}) }),
})

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

const formatsWith = (...added: RecordingFormat[]) => {
  const formats = createFormats(c3dFormat)
  for (const each of added) formats.add(each)
  return formats
}

const refusalOf = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    if (error instanceof UnreadableRecording) return error.code
    throw error
  }
  return 'READ'
}

describe('a file', () => {
  const csv = format('csv', { bytes: 'time,' }, { bytes: '\xef\xbb\xbftime,' })
  const tail = format('tail', { offset: 4, bytes: '\xff\x00' })

  test.each([
    ['time,emg\n', 'csv'],
    ['\xef\xbb\xbftime,emg\n', 'csv'],
    ['....\xff\x00', 'tail'],
  ])('%j is of the format whose signature it has', (text, id) => {
    expect(formatsWith(csv, tail).read(bytesOf(text)).format).toBe(id)
  })

  test('that ends within a signature does not have it', () => {
    expect(refusalOf(() => formatsWith(csv, tail).read(bytesOf('time')))).toBe('TOO_SHORT')
    expect(refusalOf(() => formatsWith(csv, tail).read(bytesOf('....\xff')))).toBe('TOO_SHORT')
  })

  test('with the signatures of two is of the one with more bytes, whichever came first', () => {
    const close = format('close', { bytes: 'XPY' })
    for (const formats of [formatsWith(close, tail), formatsWith(tail, close)]) {
      expect(formats.read(bytesOf('XPYZ\xff\x00')).format).toBe('close')
      expect(formats.read(bytesOf('XPZZ\xff\x00')).format).toBe('tail')
    }
  })

  test('that nothing recognises is read as the fallback, which says what is wrong with it', () => {
    expect(refusalOf(() => formatsWith(csv).read(bytesOf('%PDF-1.7'.repeat(200))))).toBe('NOT_C3D')
    expect(refusalOf(() => formatsWith(csv).read(new Uint8Array()))).toBe('EMPTY')
  })

  test('of C3D is read beside others', () => {
    const [sample] = sampleRecordings()
    expect(formatsWith(csv, tail).read(sample?.bytes() as Uint8Array).format).toBe('c3d')
  })
})

describe('a format is refused', () => {
  test.each([
    [/there is a recording format "c3d" already/, format('c3d', { bytes: 'x' })],
    [/could begin as those of "c3d"/, format('same', { offset: 1, bytes: 'P' })],
    [/could begin as those of "c3d"/, format('elsewhere', { offset: 9, bytes: 'x' })],
    [/could begin as those of "csv"/, format('shifted', { offset: 2, bytes: 'me,..' })],
    [/could begin as those of "csv"/, format('second', { bytes: 'aa' }, { bytes: 'time,' })],
    [/is not in kebab-case/, format('My Format', { bytes: 'abc' })],
    [/has no signature/, format('none')],
    [/is no bytes within the first 4096/, format('empty', { bytes: '' })],
    [/is no bytes within the first 4096/, format('wide', { bytes: '\u0100a' })],
    [/is no bytes within the first 4096/, format('late', { offset: 4095, bytes: 'ab' })],
    [/is no bytes within the first 4096/, format('before', { offset: -1, bytes: 'ab' })],
    [/is no bytes within the first 4096/, format('between', { offset: 0.5, bytes: 'ab' })],
  ])('%p', (sentence, refused) => {
    const formats = formatsWith(format('csv', { bytes: 'time,' }))
    expect(() => formats.add(refused)).toThrow(sentence)
    expect(formats.list().map(({ id }) => id)).toEqual(['c3d', 'csv'])
  })

  test('only where one file could be of both', () => {
    const added = formatsWith(
      format('csv', { bytes: 'time,' }),
      format('other', { bytes: 'frame' }),
      format('within', { offset: 2, bytes: 'meter' }),
    )
    expect(added.list()).toHaveLength(4)
  })

  test('when it calls its recordings by another name', () => {
    const formats = formatsWith({ ...format('odd', { bytes: 'odd' }), read: format('even').read })
    expect(() => formats.read(bytesOf('odd one'))).toThrow('calls its recordings "even"')
  })
})

test('a stored recording is served and read by its format, or it is said that there is none', () => {
  const formats = formatsWith(format('csv', { bytes: 'time,' }))
  expect([formats.mediaType('csv'), formats.require('csv').id]).toEqual(['text/csv', 'csv'])
  expect(formats.mediaType('gone')).toBe('application/octet-stream')
  expect(refusalOf(() => formats.require('gone'))).toBe('FORMAT_MISSING')
})
