/** One configuration: its rules at a version, what may be done with it, its versions. */
import { useState } from 'preact/hooks'
import { ask } from '../../../api/client.ts'
import { refresh, useRead } from '../../../api/use-read.ts'
import { go, href, path, query } from '../../../app/router.ts'
import { may } from '../../../app/viewer.ts'
import { dateTime, fixed } from '../../../language/format.ts'
import { Confirm } from '../../../ui/dialog.tsx'
import { Pending } from '../../../ui/pending.tsx'
import { say } from '../../../ui/toasts.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { type Configuration, Editor } from './editor.tsx'
import { History } from './history.tsx'
import { scoringProblems } from './problem-texts.ts'
import { RulesView } from './rules-view.tsx'
import { ConfigurationState, nameOf } from './state.tsx'
import { words } from './words.ts'

type Deed = 'activate' | 'retire'

/** Both change the numbers of others, so they are asked for twice. */
function ConfirmDeed({
  deed,
  of,
  onClose,
}: {
  readonly deed: Deed
  readonly of: Configuration
  readonly onClose: () => void
}) {
  const t = words()
  const { id, version } = of
  const task = useTask(async () => {
    if (deed === 'retire') await ask('POST /api/scoring/configurations/{id}/retire', { path: { id } })
    else
      await ask('POST /api/scoring/configurations/{id}/activate', {
        path: { id },
        query: { version: String(version) },
      })
    refresh('/api/scoring', '/api/sessions')
    say(deed === 'retire' ? t.retired_ : t.activated)
    onClose()
  })
  const title = deed === 'retire' ? t.retireTitle(nameOf(of)) : t.activateTitle(nameOf(of), fixed(version))
  return (
    <Confirm
      title={title}
      verb={t[deed]}
      isDangerous={deed === 'retire'}
      task={task}
      texts={scoringProblems()}
      onClose={onClose}
    >
      <p>{t[`${deed}Text`]}</p>
    </Confirm>
  )
}

function Actions({ of, onDeed }: { readonly of: Configuration; readonly onDeed: (deed: Deed) => void }) {
  const t = words()
  const { id, version, retiredAt, activeVersion, builtIn } = of
  if (!may('scoring:configure') || retiredAt !== null) return null
  return (
    <p class="row">
      {activeVersion !== version && (
        <button type="button" class="primary" onClick={() => onDeed('activate')}>
          {t.activateVersion(fixed(version))}…
        </button>
      )}
      {!builtIn && (
        <a class="button" href={href(path.value, { configuration: id, version, edit: 1 })}>
          {t.newVersion}
        </a>
      )}
      {!builtIn && activeVersion === null && (
        <button type="button" onClick={() => onDeed('retire')}>
          {t.retire}…
        </button>
      )}
    </p>
  )
}

export function Detail({ id }: { readonly id: string }) {
  const t = words()
  const version = query.value.get('version')
  const { data, problem, reload } = useRead('GET /api/scoring/configurations/{id}', {
    path: { id },
    query: { ...(version && { version }) },
  })
  const [deed, setDeed] = useState<Deed>()
  if (!data) return <Pending read={{ problem, reload }} texts={scoringProblems()} />
  const isEditing = query.value.get('edit') === '1' && may('scoring:configure')
  return (
    <>
      <header class="scoring-header">
        <h2 class="row">
          {nameOf(data)} <ConfigurationState of={data} />
        </h2>
        <p class="soft">
          {t.versionOf(fixed(data.version), fixed(data.latestVersion))},{' '}
          {t.madeOn(dateTime(data.versionCreatedAt))}
        </p>
        {data.description && !data.builtIn && <p>{data.description}</p>}
        {!isEditing && <Actions of={data} onDeed={setDeed} />}
      </header>
      {isEditing ? (
        <Editor
          key={data.version}
          rules={data.rules}
          of={data}
          onMade={({ version: made }) => go(href(path.value, { configuration: id, version: made }))}
        />
      ) : (
        <>
          <RulesView rules={data.rules} />
          <History id={id} latest={data.latestVersion} shown={data.version} />
        </>
      )}
      {deed && <ConfirmDeed deed={deed} of={data} onClose={() => setDeed(undefined)} />}
    </>
  )
}
