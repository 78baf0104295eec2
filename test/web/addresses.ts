/** The addresses of all views, as the page lists them, with what is in the clinic in their place. */
import { join } from 'node:path'
import { launchChromium } from '../support/chromium.ts'
import { PROJECT } from '../support/targets.ts'
import type { Clinic } from './clinic.ts'

/**
 * Reads the list of views of the page, in the browser that it is made for.
 *
 * @returns patterns such as `/sessions/:id`
 */
export async function listViews(): Promise<string[]> {
  const built = await Bun.build({
    entrypoints: [join(PROJECT, 'src/web/app/views.ts')],
    target: 'browser',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const script = await built.outputs.find(({ path }) => path.endsWith('.js'))?.text()
  if (script === undefined) throw new Error('the views of the page cannot be bundled')
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    const module = `data:text/javascript;base64,${Buffer.from(script).toString('base64')}`
    return await page.evaluate<string[]>(
      `import('${module}').then(({ views }) => views.map(({ path }) => path))`,
    )
  } finally {
    await browser.close()
  }
}

/** What a view is looked at with, where its address alone shows less than there is. */
const MORE: Readonly<Record<string, (clinic: Clinic) => readonly string[]>> = {
  '/sessions/:id': ({ failed }) => [
    '?tab=scores',
    '?tab=mvc',
    '?tab=details',
    '?panel=parameters',
    '?view=raw&layout=overlaid',
    failed,
  ],
  '/patients/:code': ({ behind, newcomer }) => [behind, newcomer],
  '/patients/:code/mvc': ({ newcomer }) => [newcomer],
  '/patients/:code/compare': ({ earlier, session }) => [`?a=${earlier}&b=${session}`],
  '/search': ({ patient }) => [`?q=${patient}`, '?q=zzz'],
}

/** Addresses of a view, behind `#`: one with what is there, then those of its other states. */
export function addressesOf(pattern: string, clinic: Clinic): string[] {
  const fill = (id: string): string =>
    pattern.replace(/:(\w+)/g, (_, name: string) => {
      if (name === 'code') return id || clinic.patient
      if (name === 'id' && pattern.startsWith('/sessions/')) return id || clinic.session
      if (name === 'id' && pattern.startsWith('/recordings/')) return clinic.recording
      throw new Error(`nothing in the clinic stands for :${name} of ${pattern}`)
    })
  const more = MORE[pattern]?.(clinic) ?? []
  return [fill(''), ...more.map((part) => (part.startsWith('?') ? fill('') + part : fill(part)))]
}

/** Of a picture: words and hyphens, with what is in the clinic by its name there. */
export function nameOf(address: string, clinic: Clinic): string {
  const names = ['session', 'earlier', 'failed', 'recording'] as const
  const named = names.reduce((text, name) => text.replaceAll(clinic[name], name), address)
  return named.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '') || 'overview'
}
