/** The detectors that come with the plugin. */
import { bonato } from './bonato.ts'
import type { Detector } from './detector.ts'
import { hodgesBui } from './hodges-bui.ts'
import { shareOfMaximum } from './share-of-maximum.ts'
import { threshold } from './threshold.ts'
import { tkeo } from './tkeo.ts'

export const DETECTORS: readonly Detector[] = [threshold, hodgesBui, bonato, tkeo, shareOfMaximum]
