/** `myoserve inspect FILE`: everything a recording says of itself. */
import { type Command, EXIT } from '../../../src/sdk.ts'
import { readRecordingFile, reportUnreadable, requireFiles } from '../files.ts'
import type { RecordingFormats } from '../formats.ts'
import { renderDescription } from '../render-description.ts'

export const inspectCommand = (formats: RecordingFormats): Command => ({
  name: 'inspect',
  summary: 'Print everything a recording says of itself',
  usage: 'FILE [--json] [--stats]',
  options: {
    json: { type: 'boolean', summary: 'Print JSON' },
    stats: { type: 'boolean', summary: 'Also mean, deviation and range of each channel' },
  },
  async run({ args, options, terminal }) {
    const [file = ''] = requireFiles(args, 1, 'inspect')
    try {
      const recording = await readRecordingFile(formats, file)
      const description = recording.describe({ stats: options.stats === true })
      terminal.out(
        options.json
          ? `${JSON.stringify(description, null, 2)}\n`
          : renderDescription(description, terminal.columns),
      )
      return EXIT.ok
    } catch (error) {
      return reportUnreadable(terminal, file, error, options.json === true)
    }
  },
})
