/** Several redis-servers that belong together: a Cluster, or a primary with its replica and a sentinel. */
import { freePort, startTestRedis, type TestRedis, until } from './redis.ts'

export interface TestCluster {
  readonly nodes: readonly TestRedis[]
  readonly url: string
  /** The node's own id. */
  idOf(node: TestRedis): Promise<string>
  stop(): Promise<void>
}

const SLOTS = 16_384

/** A port that was free a moment ago may be somebody's by now, and then others are tried. */
async function startClusterNode(tries = 5): Promise<{ readonly node: TestRedis; readonly bus: number }> {
  const bus = await freePort()
  const config = {
    'cluster-enabled': 'yes',
    'cluster-port': String(bus),
    'cluster-node-timeout': '1000',
    'cluster-require-full-coverage': 'no',
  }
  try {
    return { node: await startTestRedis({ config }), bus }
  } catch (error) {
    if (tries === 1) throw error
    return startClusterNode(tries - 1)
  }
}

/** Three primaries with a third of the slots each. */
export async function startTestCluster(): Promise<TestCluster> {
  const started = await Promise.all([startClusterNode(), startClusterNode(), startClusterNode()])
  const nodes = started.map(({ node }) => node)
  const [first] = nodes as [TestRedis, ...TestRedis[]]
  const share = Math.ceil(SLOTS / nodes.length)
  for (const [i, node] of nodes.entries()) {
    const last = Math.min(SLOTS, (i + 1) * share) - 1
    await node.command('CLUSTER', 'ADDSLOTSRANGE', String(i * share), String(last))
    await node.command('CLUSTER', 'SET-CONFIG-EPOCH', String(i + 1))
  }
  for (const [i, node] of nodes.entries()) {
    if (i > 0) await first.command('CLUSTER', 'MEET', '127.0.0.1', String(node.port), String(started[i]?.bus))
  }
  const knowsAll = async (node: TestRedis): Promise<boolean> => {
    const slots = await node.command('CLUSTER', 'SLOTS')
    const info = String(await node.command('CLUSTER', 'INFO'))
    return Array.isArray(slots) && slots.length === nodes.length && info.includes('cluster_state:ok')
  }
  for (const node of nodes) await until(() => knowsAll(node), 10_000, 'the Cluster')
  return {
    nodes,
    url: `redis+cluster://127.0.0.1:${first.port},127.0.0.1:${nodes[1]?.port}`,
    idOf: async (node) => String(await node.command('CLUSTER', 'MYID')),
    stop: async () => void (await Promise.all(nodes.map((node) => node.stop()))),
  }
}

export interface TestSentinel {
  readonly primary: TestRedis
  readonly replica: TestRedis
  readonly sentinel: TestRedis
  readonly url: string
  stop(): Promise<void>
}

/** One sentinel, whose word suffices, over a primary and a replica with the same password. */
export async function startTestSentinel(password: string): Promise<TestSentinel> {
  const config = { masterauth: password }
  const [primary, replica] = await Promise.all([
    startTestRedis({ password, config }),
    startTestRedis({ password, config }),
  ])
  await replica.makeReplicaOf(primary)
  const sentinel = await startTestRedis({
    sentinel: [
      `sentinel monitor main 127.0.0.1 ${primary.port} 1`,
      `sentinel auth-pass main ${password}`,
      'sentinel down-after-milliseconds main 500',
      'sentinel failover-timeout main 3000',
    ],
  })
  const knowsReplica = async (): Promise<boolean> => {
    const replicas = await sentinel.command('SENTINEL', 'REPLICAS', 'main')
    return Array.isArray(replicas) && replicas.length === 1
  }
  await until(knowsReplica, 15_000, 'the replica in the eyes of the sentinel')
  return {
    primary,
    replica,
    sentinel,
    url: `redis+sentinel://:${password}@127.0.0.1:${sentinel.port}/main`,
    stop: async () => void (await Promise.all([sentinel, replica, primary].map((one) => one.stop()))),
  }
}
