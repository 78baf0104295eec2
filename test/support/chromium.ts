/** Finds Chromium on this machine, or installs it where that takes no asking; starts it without a window. */
import { type Browser, chromium } from 'playwright-core'
import { aptInstall } from './apt.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

/** The first that starts: one in a package that is not for this machine is there, and does not. */
function findChromium(): string | null {
  for (const name of NAMES) {
    const path = Bun.which(name)
    if (path && Bun.spawnSync([path, '--version'], { timeout: 20_000 }).exitCode === 0) return path
  }
  return null
}

/** Null where it is missing: tests that need it are skipped, and say so in their names. */
export const CHROMIUM: string | null = findChromium()

/** To be put behind the name of a test that needs {@link CHROMIUM}. */
export const chromiumNote = CHROMIUM ? '' : ' (skipped: chromium is not installed)'

/**
 * Installs Chromium with a font as root on Debian and its kin, unless it is there.
 *
 * @returns whether it is there now
 */
export async function installChromium(): Promise<boolean> {
  if (CHROMIUM) return true
  return (await aptInstall(['chromium', 'fonts-dejavu-core'], 300_000)) && findChromium() !== null
}

/** Starts it with an empty profile of its own. No name is resolved, so that nothing but this machine can be reached. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM as string,
    headless: true,
    args: [
      // Its sandbox refuses root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  })
