/** Panels: parts of the page that plugins bring, as modules that the browser loads from this server. */

/** Where a panel is shown: beside a therapy session, a patient, or the state of the server. */
export type PanelPlace = 'session' | 'patient' | 'system'

/** A language of the page, as a BCP 47 tag. */
export type PanelLanguage = 'en' | 'fr' | 'de' | 'nl'

/** The element that a panel fills: an `HTMLElement` where the types of the browser are known (`lib: ["DOM"]`). */
export type PanelElement = typeof globalThis extends { HTMLElement: { prototype: infer E } } ? E : object

/** What a panel is told of the page that shows it. */
export interface PanelContext {
  readonly place: PanelPlace
  /** UUID of the therapy session that is shown; null elsewhere. */
  readonly sessionId: string | null
  /** UUID of the recording that is shown; null where there is none. */
  readonly recordingId: string | null
  /** Pseudonym of the patient that is shown, such as P001; null where there is none. */
  readonly patientCode: string | null
  /** Language of the page. */
  readonly language: PanelLanguage
  /** Colours of the page. They are CSS custom properties too, which change without the panel being mounted anew. */
  readonly theme: 'light' | 'dark'
  /** Aborted when the panel is taken away: what still runs then has nobody to show it to. */
  readonly signal: AbortSignal
  /**
   * Asks this server, as the person at the page, until the panel is taken away.
   *
   * @param path with its leading slash, such as `/api/plugins/grip`; other origins are refused
   * @throws an error with the `status` and the `code` of the problem that was answered
   */
  fetchJson<T = unknown>(path: string, init?: RequestInit): Promise<T>
}

/**
 * The default export of a panel's module: fills the element, and answers how to undo what the element's removal does
 * not. It is called anew for another session, patient or language.
 */
export type MountPanel = (
  element: PanelElement,
  context: PanelContext,
) => undefined | (() => void) | Promise<undefined | (() => void)>

/** A panel as its author writes it; see {@link panel}. */
export interface PanelDefinition {
  /** Unique within the plugin, in kebab-case. */
  readonly id: string
  readonly place: PanelPlace
  /** Its heading, of up to 60 characters; a language that is missing is shown in English. */
  readonly title: Readonly<{ en: string } & { [L in Exclude<PanelLanguage, 'en'>]?: string }>
  /** Who gets to see it: `public`, or a permission that the plugin declares. There is no default. */
  readonly policy: string
  /**
   * Text of an ES module, up to 512 KiB, that imports nothing and exports a {@link MountPanel} as default. The page
   * forbids inline scripts and `eval`, and lets nothing be loaded from elsewhere.
   */
  readonly module: string
}

/** A panel of a plugin. */
export interface Panel extends PanelDefinition {
  readonly type: 'panel'
}

/**
 * Declares a panel.
 *
 * @example
 * import module from './grip.panel.js' with { type: 'text' }
 *
 * panel({ id: 'grip', place: 'session', title: { en: 'Grip', fr: 'Préhension' }, policy: 'grip:read', module })
 */
export const panel = (definition: PanelDefinition): Panel => ({ type: 'panel', ...definition })
