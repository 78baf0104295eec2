/** What this program calls itself. */
import manifest from '../package.json' with { type: 'json' }

export const PRODUCT = 'Myoserve'
export const VERSION: string = manifest.version

/** The version of the plugin contract; a plugin's `host` range is held against it. */
export const HOST_CONTRACT = '1.0.0'
