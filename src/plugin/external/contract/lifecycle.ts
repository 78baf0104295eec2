/** Its life: started, stopped, started again, and nothing left behind. */
import { messageOf } from '../../../exit.ts'
import type { ContractCase } from './case.ts'
import { countHandles } from './handles.ts'
import type { Examination } from './subject.ts'

export const restartable: ContractCase = {
  title: 'it is started, stopped and started again on the same database',
  database: true,
  examine: (subject) =>
    subject.withHosts(async (open) => {
      const faults: string[] = []
      for (const turn of ['first', 'second', 'third']) {
        try {
          const host = await open()
          await host.host.stop()
          faults.push(...host.complaints().map((each) => `at its ${turn} life: ${each}`))
          await host[Symbol.asyncDispose]()
        } catch (error) {
          return [`at its ${turn} life: ${messageOf(error)}`]
        }
      }
      return faults
    }),
}

export const nothingLeft: ContractCase = {
  title: 'once stopped, it leaves no timer, socket, process or listener behind',
  async examine(subject) {
    // The last of all cases: what the host of the others still does, such as to look for jobs, is none of a life.
    await subject.close()
    const end = async (host: Examination): Promise<void> => {
      await host.host.stop()
      await host[Symbol.asyncDispose]()
    }
    const live = subject.hasDatabase
      ? () => subject.withHosts(async (open) => end(await open()))
      : async (): Promise<void> => {
          const host = await subject.open()
          // Many a start fails for want of a database; what it had begun until then is to be gone all the same.
          await host.host.start().catch(() => undefined)
          await end(host)
        }
    // What is made once and kept, such as a module that is loaded, is not left behind by a life.
    await live()
    const left = await countHandles(live)
    return Object.entries(left).map(([what, count]) => `each life of it leaves ${count} ${what} behind`)
  },
}
