/** Passwords: what is taken for one, and their argon2id hashes, a few at a time. */
import { availableParallelism } from 'node:os'
import * as v from 'valibot'
import { Problem } from '../http/problem.ts'

/** More than OWASP asks for (19 MiB, 2 passes). @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const ARGON2 = { algorithm: 'argon2id', memoryCost: 65_536, timeCost: 2 } as const

/** Of a random password that nobody knows, with the same costs: it is verified where there is none, so that time tells nothing. */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=65536,t=2,p=1$rALLQfwaN5BO11Gzcod6cLsj9iokqqI/FyZ8ulD0gJU$8343RmqncGcPe6swRgiB1x/pqPuAnzhy2VYWDQ5uwQk'

/** Each takes 64 MiB and a processor for some 100 ms; requests are to have processors left. */
const AT_ONCE = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)))

/** Who comes behind so many is told to come again. */
const MOST_WAITING = 50

const LEAST_LENGTH = 12
const LEAST_DIFFERENT = 5

/** A password as it is typed: any of 1 to 256 characters. */
export const Password = v.pipe(v.string(), v.minLength(1), v.maxLength(256))

/** A password that is chosen anew. Length is what counts; no rule of which characters. NIST SP 800-63B, section 3.1.1. */
export const NewPassword = v.pipe(
  v.string(),
  v.minLength(LEAST_LENGTH, `expected ${LEAST_LENGTH} characters or more`),
  v.maxLength(256),
  v.check(
    (text) => new Set(text.toLowerCase()).size >= LEAST_DIFFERENT,
    `expected ${LEAST_DIFFERENT} different characters or more`,
  ),
  v.description(`${LEAST_LENGTH} to 256 characters, ${LEAST_DIFFERENT} of them different`),
)

/** @throws {Problem} 400 INVALID_REQUEST where a password is easily guessed from the name it belongs to */
export function requireUnlike(password: string, name: string): void {
  if (!password.toLowerCase().includes(name)) return
  const message = 'expected a password without the login name in it'
  throw new Problem(400, 'INVALID_REQUEST', `body.password: ${message}`, {
    errors: [{ path: 'body.password', message }],
  })
}

let running = 0
const waiting: Array<() => void> = []

/** @throws {Problem} 503 LOGIN_BUSY */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) {
      throw new Problem(503, 'LOGIN_BUSY', 'Too many log in at once; try again shortly.', {
        headers: { 'retry-after': '2' },
      })
    }
    // Whoever ends hands its place on.
    await new Promise<void>((resolve) => void waiting.push(resolve))
  } else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** One text of the many that look the same. */
const normal = (password: string): string => password.normalize('NFKC')

/** @throws {Problem} 503 LOGIN_BUSY */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => Bun.password.hash(normal(password), ARGON2))

/**
 * Takes the same time whether there is a hash or none.
 *
 * @throws {Problem} 503 LOGIN_BUSY
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const matches = await inTurn(() => Bun.password.verify(normal(password), hash ?? NOBODYS_HASH))
  return matches && hash !== null
}
