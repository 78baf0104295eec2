/** What the declarations for plugin authors say, asked of the compiler: names, texts, docstrings, and who names whom. */
import { join, relative } from 'node:path'
import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast'
import { API, type Checker, type Symbol as Named, type Project, SymbolFlags } from 'typescript/unstable/async'
import { read } from '../pages/read.ts'

/** One name that a module exports, or that the declaration of one names. */
export interface Declared {
  readonly name: string
  readonly kind: 'function' | 'constant' | 'class' | 'interface' | 'type' | 'namespace'
  /** Path in the project of the source it is declared in. */
  readonly file: string
  /** Where in it. */
  readonly at: number
  /** The docstring without its frame; empty where there is none. */
  readonly doc: string
  /** The declaration without docstring, `export` and `declare`. */
  readonly text: string
  /** Ids of what of this project the declaration names. */
  readonly names: readonly string[]
}

/** Names of a module, each with its id: two modules that export one thing have it under one id. */
export type Exports = ReadonlyMap<string, string>

export interface Kit {
  /** By module, such as `myoserve/sdk`, and within it by name. `a.b` stands for what the namespace `a` exports. */
  readonly modules: ReadonlyMap<string, Exports>
  /** All that modules export, and all that declarations name, by id. */
  readonly declared: ReadonlyMap<string, Declared>
}

/** One JSDoc comment. */
const COMMENT = /\/\*\*[\s\S]*?\*\//g

export const unframed = (comment: string): string =>
  comment
    .replace(/^\/\*\*[ \t]?/, '')
    .replace(/\s*\*\/$/, '')
    .replaceAll(/^[ \t]*\*[ \t]?/gm, '')
    .trim()

const KINDS = new Map<SyntaxKind, Declared['kind']>([
  [SyntaxKind.FunctionDeclaration, 'function'],
  [SyntaxKind.VariableDeclaration, 'constant'],
  [SyntaxKind.ClassDeclaration, 'class'],
  [SyntaxKind.InterfaceDeclaration, 'interface'],
  [SyntaxKind.TypeAliasDeclaration, 'type'],
  [SyntaxKind.SourceFile, 'namespace'],
])

/** The whole statement of a declaration: of a variable, that with the `const`. */
const statementOf = (node: Node): Node =>
  node.kind === SyntaxKind.VariableDeclaration ? node.parent.parent : node

/** What the first comment of a source says: what the file is for. @param file path in the project */
export const headerOf = (file: string): string => unframed(read(file).match(COMMENT)?.[0] ?? '')

/** The header of a file that imports nothing would pass for the docstring of its first declaration. */
function docOf(file: SourceFile, path: string, statement: Node): string {
  const trivia = file.text.slice(statement.pos, statement.getStart(file))
  const doc = unframed(trivia.match(COMMENT)?.at(-1) ?? '')
  return doc === headerOf(path) ? '' : doc
}

const NO_TRUNCATION = 1
const IN_TYPE_ALIAS = 2 ** 23

/** Written out, a longer type tells nobody anything. */
const LONGEST_TYPE = 1500

/** A valibot schema by what it takes and gives, since its own type says how it was written. */
async function schemaText(name: string, symbol: Named, checker: Checker): Promise<string | undefined> {
  const type = await checker.getTypeOfSymbol(symbol)
  const types = type && (await checker.getPropertyOfType(type, '~types'))
  const both = types && (await checker.getTypeOfSymbol(types))
  const inner = both && (await checker.getNonNullableType(both))
  if (!inner) return undefined
  const parts = await Promise.all(
    ['input', 'output'].map(async (key) => {
      const part = await checker.getPropertyOfType(inner, key)
      const partType = part && (await checker.getTypeOfSymbol(part))
      return partType ? checker.typeToString(partType, undefined, NO_TRUNCATION) : 'unknown'
    }),
  )
  const text = [...new Set(parts)].join(', ')
  return `const ${name}: v.GenericSchema${text.length > LONGEST_TYPE ? '' : `<${text}>`}`
}

/** What an alias stands for, where its text only says of which schema or table it is taken. */
async function aliasText(
  name: string,
  text: string,
  symbol: Named,
  checker: Checker,
): Promise<string | undefined> {
  if (!/\bInferOutput<|\$inferSelect\b|\(typeof \w+\)\[/.test(text)) return undefined
  const type = await checker.getDeclaredTypeOfSymbol(symbol)
  const whole = await checker.typeToString(type, undefined, NO_TRUNCATION | IN_TYPE_ALIAS)
  return whole.length > LONGEST_TYPE ? undefined : `type ${name} = ${whole}`
}

function identifiersIn(node: Node): Node[] {
  const found: Node[] = []
  const visit = (each: Node): void => {
    if (each.kind === SyntaxKind.Identifier) found.push(each)
    each.forEachChild((child) => void visit(child))
  }
  visit(node)
  return found
}

/** @param folder that `myoserve plugin types` has filled @param entries files of modules within it, by their names */
export async function readDeclarations(
  folder: string,
  entries: Readonly<Record<string, string>>,
): Promise<Kit> {
  const root = join(folder, '.myoserve/myoserve')
  const files = Object.entries(entries).map(([module, path]) => [module, join(root, path)] as const)
  const api = new API({ cwd: folder })
  try {
    const snapshot = await api.updateSnapshot({ openFiles: files.map(([, path]) => path) })
    const project = (await snapshot.getDefaultProjectForFile(files[0]?.[1] ?? '')) as Project
    const { program, checker } = project
    const declared = new Map<string, Declared>()
    const resolved = async (symbol: Named): Promise<Named> =>
      symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const isOwn = ({ declarations: [first] }: Named): boolean => first?.path.startsWith(root) === true
    const idOf = (symbol: Named): string => String(symbol.id)

    async function namesIn(nodes: readonly Node[], own: Named): Promise<Named[]> {
      const symbols = await checker.getSymbolAtLocation(nodes.flatMap(identifiersIn))
      const all = await Promise.all(symbols.flatMap((each) => (each ? [resolved(each)] : [])))
      const isType = ({ flags }: Named) =>
        flags & (SymbolFlags.Interface | SymbolFlags.Class | SymbolFlags.TypeAlias)
      return [...new Set(all)].filter((each) => each.id !== own.id && isType(each) && isOwn(each))
    }

    async function declare(symbol: Named): Promise<string> {
      const id = idOf(symbol)
      if (declared.has(id)) return id
      const handles = symbol.declarations.filter(({ kind }) => KINDS.has(kind))
      const nodes = (await Promise.all(handles.map((each) => each.resolve(project)))) as Node[]
      const [first] = nodes
      const kind = first && KINDS.get(first.kind)
      if (!first || !kind) throw new Error(`${symbol.name} is declared in a way that is not known here`)
      const file = first.getSourceFile()
      const statements = nodes.map(statementOf)
      const path = relative(root, file.fileName).replace(/\.d\.ts$/, '.ts')
      const docs = statements.map((each) => docOf(file, path, each))
      const texts = statements.map((each) => file.text.slice(each.getStart(file), each.end))
      const found = kind === 'namespace' ? [] : await namesIn(statements, symbol)
      const told =
        kind === 'constant'
          ? await schemaText(symbol.name, symbol, checker)
          : kind === 'type' && (await aliasText(symbol.name, texts[0] ?? '', symbol, checker))
      const one: Declared = {
        name: symbol.name,
        kind,
        file: path,
        at: first.pos,
        doc: docs.find(Boolean) ?? '',
        text:
          told || texts.map((text) => text.replace(/^(?:export )?(?:default )?(?:declare )?/, '')).join('\n'),
        names: found.map(idOf),
      }
      declared.set(id, one)
      for (const each of found) await declare(each)
      return id
    }

    async function exportsOf(module: Named, prefix = ''): Promise<Array<readonly [string, string]>> {
      const exports: Array<readonly [string, string]> = []
      for (const each of await checker.getExportsOfModule(module)) {
        const symbol = await resolved(each)
        const name = `${prefix}${each.name}`
        exports.push([name, await declare(symbol)])
        if (declared.get(idOf(symbol))?.kind === 'namespace')
          exports.push(...(await exportsOf(symbol, `${name}.`)))
      }
      return exports
    }

    const modules = new Map<string, Exports>()
    for (const [module, path] of files) {
      const file = await program.getSourceFile(path)
      const symbol = file && (await checker.getSymbolAtLocation(file))
      if (!symbol) throw new Error(`there is no module ${path}`)
      modules.set(module, new Map(await exportsOf(symbol)))
    }
    return { modules, declared }
  } finally {
    await api.close()
  }
}
