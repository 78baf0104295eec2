/** A person at the page: a browser of one's own, in which nothing goes wrong unseen. */
import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core'

export interface Size {
  readonly name: 'desktop' | 'tablet'
  readonly width: number
  readonly height: number
  readonly touch: boolean
}

/** What clinics have on the desk, and in the hand. */
export const SIZES: readonly Size[] = [
  { name: 'desktop', width: 1440, height: 900, touch: false },
  { name: 'tablet', width: 820, height: 1180, touch: true },
]

export interface VisitOptions {
  readonly size?: Size
  /** Login session, as `name=value`; without one nobody is signed in. */
  readonly cookie?: string
  readonly language?: 'en' | 'fr'
  readonly theme?: 'light' | 'dark'
  /** Answers of the server that are meant to be errors, by status and path: `404 /api/patients/P009`. */
  readonly expected?: RegExp
  /** Lets the page alone: what would stop requests to other servers turns off the cache of the browser. */
  readonly untouched?: boolean
}

export interface Visit extends AsyncDisposable {
  readonly page: Page
  readonly context: BrowserContext
  /** What has gone wrong so far, to be taken out once it was looked at: errors, violations of the content security policy, requests to other servers. */
  readonly troubles: string[]
}

/** That nobody is signed in is asked, and no error. */
const NOBODY = /^401 \/api\/me$/

/** Status and path of an answer that a browser calls an error, such as `401 /api/me`. */
const answerOf = (message: ConsoleMessage): string | undefined => {
  const status = /^Failed to load resource: .* status of (\d+)/.exec(message.text())?.[1]
  return status && `${status} ${new URL(message.location().url).pathname}`
}

/** @param url of the server; every request to another one is cut and told */
export async function startVisit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visit> {
  const { size = SIZES[0] as Size, cookie, language = 'en', theme = 'light' } = options
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height },
    hasTouch: size.touch,
    locale: language === 'fr' ? 'fr-BE' : 'en-GB',
    timezoneId: 'Europe/Brussels',
    colorScheme: theme,
  })
  context.setDefaultTimeout(10_000)
  if (cookie !== undefined) {
    const [name = '', value = ''] = cookie.split(/=(.*)/s)
    await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Strict' }])
  }
  const troubles: string[] = []
  const isForeign = (address: string | URL): boolean =>
    /^(?:http|ws)s?:/.test(String(address)) && new URL(address).origin !== new URL(url).origin
  context.on('request', (request) => {
    if (isForeign(request.url())) troubles.push(`asked another server: ${request.url()}`)
  })
  if (!options.untouched) await context.route(isForeign, (route) => route.abort())
  context.on('weberror', (error) => troubles.push(`threw: ${error.error().stack}`))
  context.on('console', (message) => {
    if (message.type() !== 'error') return
    const answer = answerOf(message)
    if (answer === undefined || !(NOBODY.test(answer) || options.expected?.test(answer)))
      troubles.push(`said: ${message.text()} (${message.location().url})`)
  })
  const page = await context.newPage()
  return { page, context, troubles, [Symbol.asyncDispose]: () => context.close() }
}
