/** Plugins: which there are, how they are, what helps one that is set aside, and what they add. */
import type { Answer } from '../../../api/client.ts'
import { useRead } from '../../../api/use-read.ts'
import { Badge, type BadgeKind } from '../../../ui/badge.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Notice, ProblemNotice } from '../../../ui/notice.tsx'
import { Table } from '../../../ui/table.tsx'
import { Copyable } from '../copyable/copyable.tsx'
import { Room } from '../room/room.tsx'
import { wordOf } from '../word-of.ts'
import { Additions } from './additions.tsx'
import { commandsFor } from './help.ts'
import { Reason } from './reason.tsx'
import { words } from './words.ts'
import './plugins.css'

type Plugin = Answer<'GET /health'>['plugins'][number]

const isWell = ({ status, state }: Plugin): boolean => status === 'ok' && state === 'running'

function State({ plugin: { state, status } }: { readonly plugin: Plugin }) {
  const t = words()
  const kinds: Readonly<Record<Plugin['state'], BadgeKind>> = {
    running: 'good',
    ready: 'unknown',
    stopped: 'unknown',
    quarantined: 'bad',
  }
  if (state === 'running' && status !== 'ok')
    return <Badge kind={status === 'failed' ? 'bad' : 'warning'}>{t[status]}</Badge>
  return <Badge kind={kinds[state]}>{t[state]}</Badge>
}

/** One that does not work as it should: why, and which command helps. */
function Trouble({ plugin }: { readonly plugin: Plugin }) {
  const t = words()
  const { name, reason, state } = plugin
  return (
    <section class="card plugin-trouble" aria-labelledby={`trouble-${name}`}>
      <h2 id={`trouble-${name}`}>
        {name} <State plugin={plugin} />
      </h2>
      {reason && (
        <p>
          <strong>{t.why}</strong> <Reason reason={reason} />
        </p>
      )}
      {state === 'quarantined' && (
        <>
          <p>{t.helps}</p>
          {commandsFor(name, reason).map((command) => (
            <Copyable key={command} label={t.command(name)} text={command} />
          ))}
          <p class="soft">{t.helpsAfter}</p>
        </>
      )}
    </section>
  )
}

function List({ plugins }: { readonly plugins: readonly Plugin[] }) {
  const t = words()
  return (
    <Table caption={t.caption} columns={[t.plugin, t.state, t.version]}>
      {plugins.map((plugin) => (
        <tr key={plugin.name}>
          <th scope="row">
            {plugin.name}
            <span class="soft">{wordOf(t, `about_${plugin.name.replaceAll('-', '_')}`)}</span>
          </th>
          <td>
            <State plugin={plugin} />
          </td>
          <td>{plugin.version || <span class="soft">{t.noVersion}</span>}</td>
        </tr>
      ))}
    </Table>
  )
}

export function PluginsRoom() {
  const t = words()
  const { data, problem, reload } = useRead('GET /health', {})
  const troubled = (data?.plugins ?? []).filter((plugin) => !isWell(plugin))
  return (
    <Room title={t.title} subtitle={t.intro}>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!data && !problem && <Busy />}
      {data && troubled.length === 0 && <Notice kind="good" title={t.allWell} />}
      {troubled.map((plugin) => (
        <Trouble key={plugin.name} plugin={plugin} />
      ))}
      {data && <List plugins={data.plugins} />}
      <Additions />
      <section aria-labelledby="plugins-manage">
        <h2 id="plugins-manage">{t.manage}</h2>
        <p class="soft">{t.manageText}</p>
        <div class="stack">
          <Copyable label={t.listCommand} text="myoserve plugin list" />
          <Copyable label={t.addCommand} text="myoserve plugin add PATH" />
        </div>
      </section>
    </Room>
  )
}
