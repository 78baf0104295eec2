/** Sees what is read, written or connected to while something runs. */
import { mock } from 'bun:test'

const MODULES = [
  ['node:fs', 'the disk'],
  ['node:fs/promises', 'the disk'],
  ['node:child_process', 'another process'],
  ['node:net', 'the network'],
  ['node:http', 'the network'],
  ['node:https', 'the network'],
] as const

/** Of `Bun`, what it is on. */
const BUN = {
  write: 'the disk',
  spawn: 'another process',
  spawnSync: 'another process',
  connect: 'the network',
  listen: 'the network',
  serve: 'the network',
} as const

/** Of a file, what reads or writes it. */
const FILE = [
  'arrayBuffer',
  'bytes',
  'delete',
  'exists',
  'json',
  'stat',
  'stream',
  'text',
  'unlink',
  'write',
  'writer',
]

type Callable = (...args: unknown[]) => unknown
type Loose = Record<string, unknown>

const isClass = (value: Callable): boolean => /^class\b/.test(Function.prototype.toString.call(value))

/** Functions of a module that say when they are called; classes and constants stay as they are. */
const telling = (module: Loose, tell: (name: string) => void): Loose =>
  Object.fromEntries(
    Object.entries(module).map(([name, value]) =>
      typeof value === 'function' && !isClass(value as Callable) && /^[a-z]/.test(name)
        ? [
            name,
            function (this: unknown, ...args: unknown[]) {
              tell(name)
              return (value as Callable).apply(this, args)
            },
          ]
        : [name, value],
    ),
  )

/** Files that say when they are used; to name one is not to read it. */
function tellingFile(tell: (what: string) => void): typeof Bun.file {
  const { file } = Bun
  return ((...args: Parameters<typeof Bun.file>) => {
    const made = file(...args) as unknown as Loose
    for (const name of FILE) {
      const method = made[name]
      if (typeof method !== 'function') continue
      Object.defineProperty(made, name, {
        value(...rest: unknown[]) {
          tell(`the disk (Bun.file().${name})`)
          return (method as Callable).apply(made, rest)
        },
      })
    }
    return made
  }) as unknown as typeof Bun.file
}

/**
 * Runs something, and tells of each use of disk, network and other processes in between. Modules that were imported
 * before are watched too.
 *
 * @see https://bun.com/docs/test/mocks#module-mocks-with-mock-module
 */
export async function watchDisk<T>(tell: (what: string) => void, work: () => T | Promise<T>): Promise<T> {
  const restored: Array<() => unknown> = []
  for (const [name, what] of MODULES) {
    const real = { ...((await import(name)) as Loose) }
    const watched = telling(real, (called) => tell(`${what} (${called} of ${name})`))
    const root = telling(real.default as Loose, (called) => tell(`${what} (${called} of ${name})`))
    await mock.module(name, () => ({ ...watched, default: root }))
    restored.push(() => mock.module(name, () => real))
  }
  const bun = Bun as unknown as Loose
  const replace = (target: Loose, name: string, value: unknown): void => {
    const real = target[name]
    target[name] = value
    restored.push(() => {
      target[name] = real
    })
  }
  for (const [name, value] of Object.entries(
    telling(pick(bun, Object.keys(BUN)), (called) =>
      tell(`${BUN[called as keyof typeof BUN]} (Bun.${called})`),
    ),
  )) {
    replace(bun, name, value)
  }
  replace(bun, 'file', tellingFile(tell))
  const { fetch } = globalThis
  replace(globalThis as unknown as Loose, 'fetch', (...args: Parameters<typeof fetch>) => {
    tell('the network (fetch)')
    return fetch(...args)
  })
  try {
    return await work()
  } finally {
    for (const restore of restored) await restore()
  }
}

const pick = (from: Loose, names: readonly string[]): Loose =>
  Object.fromEntries(names.map((name) => [name, from[name]]))
