/** Where recordings are dropped, anywhere on the view, or picked. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useRead } from '../../api/use-read.ts'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../../ui/toasts.tsx'
import { droppedFiles, pickedFiles } from './dropped.ts'
import type { Chosen } from './store.ts'
import { words } from './words.ts'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Takes drops of files on the whole page, for as long as it is shown. @returns whether files are held over it */
function useDrop(onDrop: (data: DataTransfer) => void): boolean {
  const [isOver, setOver] = useState(false)
  const latest = useRef(onDrop)
  latest.current = onDrop
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    const on = (name: 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void): void =>
      addEventListener(name, act, { signal })
    on('dragover', (event) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    })
    on('dragleave', (event) => {
      if (event.relatedTarget === null) setOver(false)
    })
    on('drop', (event) => {
      setOver(false)
      if (!hasFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      latest.current(event.dataTransfer)
    })
    return () => controller.abort()
  }, [])
  return isOver
}

interface Properties {
  /** What it says while nothing is held over it. */
  readonly label: string
  readonly onFiles: (files: readonly Chosen[]) => void
}

export function DropZone({ label, onFiles }: Properties) {
  const t = words()
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const formats = useRead('GET /api/system/recording-formats', {})
  const extensions = formats.data?.items.flatMap((format) => format.extensions) ?? []
  const take = (chosen: readonly Chosen[]): void => {
    if (chosen.length === 0) say(t.nothingFound, 'error')
    else onFiles(chosen)
  }
  const isOver = useDrop((data) => void droppedFiles(data, extensions).then(take))
  const onChange = ({ currentTarget }: { currentTarget: HTMLInputElement }): void => {
    if (currentTarget.files) take(pickedFiles(currentTarget.files, extensions))
    // The same file may be picked once more.
    currentTarget.value = ''
  }
  return (
    <div class={isOver ? 'drop-zone over' : 'drop-zone'}>
      <Icon name="upload" />
      <p class="drop-zone-label">{isOver ? t.dropNow : label}</p>
      <p class="row">
        <button type="button" class="primary" onClick={() => files.current?.click()}>
          {t.pick}
        </button>
        <button type="button" onClick={() => folder.current?.click()}>
          {t.pickFolder}
        </button>
      </p>
      {extensions.length > 0 && <p class="soft">{t.formats(extensions.join(', '))}</p>}
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t.pick}
        accept={extensions.length > 0 ? extensions.join(',') : undefined}
        onChange={onChange}
      />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        aria-label={t.pickFolder}
        {...{ webkitdirectory: true }}
        onChange={onChange}
      />
    </div>
  )
}
