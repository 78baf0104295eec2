/** The README names the commands, settings and plugins that there are. */
import { expect, test } from 'bun:test'
import { builtInPlugins } from '../../src/built-in.ts'
import { runCli, SOURCE } from '../support/cli.ts'
import { codeIn, read, rowsOf, sectionOf } from './pages/read.ts'

const page = read('README.md')

test('every command of the program, with options it has', async () => {
  const { stdout } = await runCli(SOURCE, ['--help'])
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, name = '']) => name)
  expect(commands.length).toBeGreaterThan(5)
  const rows = rowsOf(sectionOf(page, '## The executable')).map(([cell]) => codeIn(cell))
  const named = rows.map((row) => row.split(' ')[1] as string)
  expect(named.toSorted()).toEqual(commands.toSorted())
  for (const [i, name] of named.entries()) {
    const help = (await runCli(SOURCE, [name, '--help'])).stdout
    for (const [option] of (rows[i] as string).matchAll(/--[a-z-]+/g)) expect(help).toContain(option)
  }
})

test('every setting of the program, with its environment variable', async () => {
  const [help, { stdout }] = await Promise.all([
    runCli(SOURCE, ['serve', '--help']),
    runCli(SOURCE, ['config']),
  ])
  const section = help.stdout.slice(help.stdout.indexOf('Settings, as flags:'))
  const flags = [...section.matchAll(/^ {2}(--[\w.-]+)/gm)].map(([, flag = '']) => flag)
  const environment = stdout
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(/ {2,}/)[3] ?? '')
  expect(flags.length).toBeGreaterThan(5)
  expect(environment).toHaveLength(flags.length)
  const rows = rowsOf(sectionOf(page, '## Settings')).map(([flag, variable]) => [
    codeIn(flag).replace('--[no-]', '--'),
    codeIn(variable),
  ])
  expect(rows.toSorted()).toEqual(flags.map((flag, i) => [flag, environment[i] as string]).toSorted())
})

test('every plugin, in the order of the program, and its page', () => {
  const named = rowsOf(sectionOf(page, '## Plugins')).map(([cell]) => codeIn(cell))
  expect(named).toEqual(builtInPlugins.map(({ name }) => name))
})
