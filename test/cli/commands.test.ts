/** Commands of the product, from source and as the executable in a folder that holds nothing else. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { builtInPlugins } from '../../src/built-in.ts'
import { type Finished, runCli, SOURCE } from '../support/cli.ts'
import { SHARED, sharedNote } from '../support/shared.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

let folder: string
const sample = (name: string) => join(folder, 'samples', name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'myoserve-cli-'))
  await runCli(SOURCE, ['sample', join(folder, 'samples')])
  await writeFile(join(folder, 'empty.c3d'), '')
  await writeFile(join(folder, 'note.c3d'), 'not a recording\n'.repeat(100))
})
afterAll(() => rm(folder, { recursive: true }))

const errorOf = ({ stderr }: Finished) =>
  (JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as { error: object }).error

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  const run = (...args: string[]) => runCli(target, args, { cwd: folder })

  test('help and version', async () => {
    const help = await run('help')
    expect(help.exitCode).toBe(0)
    for (const command of [
      'serve',
      'migrate',
      'config',
      'plugin',
      'openapi',
      'inspect',
      'sample',
      'analyze',
    ]) {
      expect(help.stdout).toContain(`\n  ${command} `)
    }
    expect((await run('--version')).stdout).toMatch(/^Myoserve \d+\.\d+\.\d+\n$/)
    expect((await run('analyze', '--help')).stdout).toContain('--rate HZ')
  })

  test.each([
    [['dance'], /there is no command "dance"/],
    [['analyze'], /analyze needs a FILE/],
    [['analyze', '--fast', 'x.c3d'], /--fast/],
    [['analyze', '--json', '--csv', 'x.c3d'], /either --json or --csv/],
    [['analyze', '--preset', 'best', 'x.c3d'], /there is no preset "best"; there are clinical, ghostly/],
    [['analyze', '--rate', '-5', 'x.c3d'], /--rate/],
    [['inspect', 'a.c3d', 'b.c3d'], /takes one FILE/],
    [['migrate'], /either --plan or --apply/],
    [['plugin', 'dance'], /plugin list/],
  ])('%j is wrong usage, in one sentence', async (args, sentence) => {
    const { exitCode, stdout, stderr } = await run(...args)
    expect(exitCode).toBe(64)
    expect(stdout).toBe('')
    expect(stderr).toMatch(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test('a wrong setting is said in one sentence, with 78', async () => {
    const { exitCode, stderr } = await runCli(target, ['config'], { env: { PORT: 'eighty' }, cwd: folder })
    expect(exitCode).toBe(78)
    expect(stderr).toBe('myoserve: PORT (environment) is "eighty", expected a whole number from 0 to 65535\n')
  })

  test('config prints values with their origin, and no secret', async () => {
    const { stdout } = await runCli(target, ['config', '--json', '--port', '9000'], {
      env: { DATABASE_URL: 'postgres://me:hunter2@db/x', LOG_LEVEL: 'warn' },
      cwd: folder,
    })
    const values = JSON.parse(stdout) as Record<string, { value: unknown; origin: string }>
    expect(values.port).toMatchObject({ value: 9000, origin: 'flag' })
    expect(values.logLevel).toMatchObject({ value: 'warn', origin: 'environment' })
    expect(values.host).toMatchObject({ value: '127.0.0.1', origin: 'default' })
    expect(values.databaseUrl).toMatchObject({ value: '[redacted]', origin: 'environment' })
    expect(values['emg-analyzer.preset']).toMatchObject({ value: 'clinical', origin: 'default' })
    expect(stdout).not.toContain('hunter2')
  })

  test('plugin list names the built-in plugins', async () => {
    const states = JSON.parse((await run('plugin', 'list', '--json')).stdout) as Array<{
      name: string
      state: string
    }>
    expect(states.map(({ name, state }) => [name, state])).toEqual(
      builtInPlugins.map(({ name }) => [name, 'ready']),
    )
  })

  test('openapi prints a valid document', async () => {
    const document = JSON.parse((await run('openapi')).stdout) as { paths: object }
    expect(await new Validator().validate(document)).toMatchObject({ valid: true })
    expect(Object.keys(document.paths)).toContain('/api/recordings/{id}/analysis')
  })

  test('sample writes recordings with their truth, the same bytes every time', async () => {
    const other = join(folder, `samples-${target.name}`)
    expect((await run('sample', other)).exitCode).toBe(0)
    const names = (await readdir(other)).sort()
    expect(names).toEqual((await readdir(join(folder, 'samples'))).sort())
    for (const name of names) {
      expect(await Bun.file(join(other, name)).bytes()).toEqual(await Bun.file(sample(name)).bytes())
    }
  })

  describe('inspect', () => {
    test('--json says what the file says', async () => {
      const { exitCode, stdout } = await run('inspect', sample('gait.c3d'), '--json', '--stats')
      expect(exitCode).toBe(0)
      const said = JSON.parse(stdout)
      expect(said).toMatchObject({
        processor: 'intel',
        storage: 'float',
        points: 2,
        analogs: 8,
        framesDeclared: 1000,
        framesPresent: 1000,
        firstFrame: 1,
        pointRate: 100,
        analogRate: 1000,
        analogSamples: 10_000,
        pointLabels: ['RHEE', 'LHEE'],
        warnings: [],
        validPoints: 2000,
      })
      expect(said.channels).toHaveLength(8)
      expect(said.channels[0]).toMatchObject({ label: 'R TA', unit: 'V' })
    })

    test('prints text for people', async () => {
      const { stdout } = await run('inspect', sample('gait.c3d'))
      expect(stdout).toContain('1000 of 1000')
      expect(stdout).toContain('ANALOG:LABELS')
    })

    test.each([
      ['empty.c3d', 'EMPTY'],
      ['note.c3d', 'NOT_C3D'],
      ['nowhere.c3d', 'FILE_NOT_FOUND'],
    ])('%s: 65 and the code %s', async (name, code) => {
      const finished = await run('inspect', '--json', join(folder, name))
      expect(finished.exitCode).toBe(65)
      expect(finished.stdout).toBe('')
      expect(errorOf(finished)).toEqual({
        code,
        message: expect.stringMatching(/\w/),
        file: join(folder, name),
      })
      expect((await run('inspect', join(folder, name))).stderr).toContain(`(${code})`)
    })
  })

  describe('analyze', () => {
    test('--json prints one object for one file', async () => {
      const { exitCode, stdout } = await run('analyze', '--json', sample('knee-extension.c3d'))
      expect(exitCode).toBe(0)
      const analysis = JSON.parse(stdout)
      expect(analysis).toMatchObject({
        preset: 'clinical',
        pipelineVersion: expect.any(String),
        exclusions: [],
      })
      expect(analysis.recording.analogs).toBe(2)
      expect(analysis.channels.map((each: { contractions: unknown[] }) => each.contractions.length)).toEqual([
        12, 10,
      ])
    })

    test('--json prints a line for each of many; a bad one is reported and stops nothing', async () => {
      const files = [sample('gait.c3d'), join(folder, 'empty.c3d'), sample('radio-dropouts.c3d')]
      const finished = await run('analyze', '--json', ...files)
      expect(finished.exitCode).toBe(65)
      const lines = finished.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(lines.map((line) => line.file)).toEqual([files[0], files[2]])
      expect(errorOf(finished)).toMatchObject({ code: 'EMPTY', file: files[1] })
    })

    test('--csv prints a header and a line for each channel', async () => {
      const { stdout } = await run('analyze', '--csv', sample('gait.c3d'), sample('radio-dropouts.c3d'))
      const lines = stdout.trimEnd().split('\r\n')
      expect(lines).toHaveLength(1 + 8 + 2)
      expect(lines[0]).toStartWith('file,channel_index,channel,unit,')
      const width = lines[0]?.split(',').length
      for (const line of lines) expect(line.split(',')).toHaveLength(width as number)
    })

    test('prints a table with pictures that fits the terminal', async () => {
      const { stdout } = await runCli(target, ['analyze', sample('radio-dropouts.c3d')], {
        env: { COLUMNS: '70' },
        cwd: folder,
      })
      expect(stdout).toContain('2 dropouts of 0.54 s in all')
      expect(stdout).toMatch(/[▁▂▃▄▅▆▇█]{20}/)
      for (const line of stdout.split('\n'))
        expect([...line.replaceAll(folder, '')].length).toBeLessThanOrEqual(70)
    })

    test('--rate replaces the declared rate, and the result says so', async () => {
      const { stdout } = await run('analyze', '--json', '--rate', '2000', sample('knee-extension.c3d'))
      const { channels, parameters, warnings } = JSON.parse(stdout)
      expect(parameters.rateOverride).toBe(2000)
      expect(channels[0]).toMatchObject({ rate: 2000, durationS: 30 })
      expect(warnings.map((each: { code: string }) => each.code)).toContain('RATE_OVERRIDDEN')
    })

    test('a truncated recording is analysed as far as it goes, with a warning', async () => {
      const cut = join(folder, `cut-${target.name}.c3d`)
      await Bun.write(cut, Bun.file(sample('gait.c3d')))
      await truncate(cut, 200_000)
      const { exitCode, stdout } = await run('analyze', '--json', cut)
      expect(exitCode).toBe(0)
      const { recording, warnings } = JSON.parse(stdout)
      expect(recording.framesPresent).toBeLessThan(recording.framesDeclared)
      expect(warnings.length).toBeGreaterThan(0)
    })
  })

  test.skipIf(!SHARED)(`the GHOSTLY recordings of the field${sharedNote}`, async () => {
    const { stdout } = await run(
      'analyze',
      '--json',
      ...[
        '20230321_17-23-09-0409',
        '20230321_17-33-14-0785',
        '20231004_13-18-43-0464',
        '20250310_11-46-23-0823',
      ].map((name) => join(SHARED ?? '', `data/c3d/ghostly/Ghostly_Emg_${name}.c3d`)),
    )
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).channels[0])
      .map(({ quality, name, unitBasis }) => ({
        name,
        unitBasis,
        dropouts: quality.dropouts.blocks.map((block: { samples: number }) => block.samples),
        clipped: quality.clippedPercent > 0,
      }))
    const channel = { name: 'CH1 Raw', unitBasis: 'assumed' }
    expect(found).toEqual([
      { ...channel, dropouts: [], clipped: false },
      { ...channel, dropouts: [270, 270], clipped: false },
      { ...channel, dropouts: [], clipped: true },
      { ...channel, dropouts: [], clipped: false },
    ])
  })
})

test.each(TARGETS.filter(({ missing }) => missing !== undefined))(
  'the executable is there to be tested',
  ({ missing }) => {
    throw new Error(missing)
  },
)

test('both forms give the same analysis, byte for byte', async () => {
  const outputs = await Promise.all(
    TARGETS.filter(({ missing }) => missing === undefined).map((target) =>
      runCli(target, ['analyze', '--json', sample('gait.c3d'), sample('radio-dropouts.c3d')]),
    ),
  )
  expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1)
})
