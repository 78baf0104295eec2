/** Secrets that the server makes: of 256 random bits, shown once, kept as their SHA-256. */
import { createHash, timingSafeEqual } from 'node:crypto'

/** What 32 bytes are in base64url. */
const SECRET = '[A-Za-z0-9_-]{43}'
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

const LOGIN_TOKEN = new RegExp(`^(${UUID})\\.(${SECRET})$`)
const API_KEY = new RegExp(`^myo_(${UUID})_(${SECRET})$`)

/** A secret, and the id of what it opens. */
export interface Token {
  readonly id: string
  readonly secret: string
}

/** 43 characters of base64url. A fast hash is enough for them: nobody guesses 256 bits. */
export const newSecret = (): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')

/** 32 bytes. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** In a time that tells nothing of where they differ. */
export const isSecret = (secret: string, hash: Uint8Array): boolean =>
  timingSafeEqual(hashSecret(secret), hash)

const parse = (pattern: RegExp, text: string): Token | null => {
  const [, id, secret] = pattern.exec(text) ?? []
  return id !== undefined && secret !== undefined ? { id, secret } : null
}

/** What the cookie of a login holds: the user and the secret of the login session. */
export const loginToken = ({ id, secret }: Token): string => `${id}.${secret}`
export const parseLoginToken = (text: string): Token | null => parse(LOGIN_TOKEN, text)

/** What lab software sends: the key's id and its secret, behind a name that scanners for leaked keys can look for. */
export const apiKey = ({ id, secret }: Token): string => `myo_${id}_${secret}`
export const parseApiKey = (text: string): Token | null => parse(API_KEY, text)
