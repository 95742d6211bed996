// The object paths of one request: how the library says "the used range of the worksheet named 总表". Each is evaluated
// on first use and only once, because a path such as worksheets.add has an effect.

import { ExcelError, Gap } from './errors.ts'
import { type ExcelObject, isExcelObject, isRangeLike } from './excel-object.ts'

export interface ArgumentInfo {
  Arguments?: unknown[]
  ReferencedObjectPathIds?: unknown[]
}

export interface ObjectPath {
  Id: number
  ObjectPathType: number
  Name: string
  ParentObjectPathId: number
  ArgumentInfo?: ArgumentInfo
}

/** What a path needs of the executor. */
export interface Evaluator {
  root(): ExcelObject
  service(name: string): ExcelObject
  reference(id: string): ExcelObject
  property(object: ExcelObject, wire: string): unknown
  call(object: ExcelObject, wire: string, args: unknown[]): unknown
}

const ROOT = 1
const SERVICE = 2
const METHOD = 3
const PROPERTY = 4
const INDEXER = 5
const REFERENCE = 6
const NULL_OBJECT = 7

export class Batch {
  #paths: Record<string, ObjectPath>
  #executor: Evaluator
  #opened = new Map<number, ExcelObject | null>()

  constructor(paths: Record<string, ObjectPath>, executor: Evaluator) {
    this.#paths = paths
    this.#executor = executor
  }

  open(id: number): ExcelObject | null {
    const known = this.#opened.get(id)
    if (known !== undefined) return known
    const path = this.#paths[id]
    if (!path) throw new ExcelError('InvalidObjectPath', `no object path ${id}`)
    const object = this.#evaluate(path)
    if (isRangeLike(object)) object.hold()
    this.#opened.set(id, object)
    return object
  }

  #evaluate(path: ObjectPath): ExcelObject | null {
    if (path.ObjectPathType === ROOT) return this.#executor.root()
    if (path.ObjectPathType === NULL_OBJECT) return null
    if (path.ObjectPathType === REFERENCE) return this.#executor.reference(path.Name)
    if (path.ObjectPathType === SERVICE) return this.#executor.service(path.Name)
    const parent = this.open(path.ParentObjectPathId)
    // What hangs on a null object is a null object.
    if (parent === null) return null
    const args = this.arguments(path.ArgumentInfo)
    const result = this.#step(path, parent, args)
    if (result !== null && !isExcelObject(result)) throw new Gap(`${parent.excelClass}.${path.Name} as an object`)
    return result
  }

  #step(path: ObjectPath, parent: ExcelObject, args: unknown[]): unknown {
    switch (path.ObjectPathType) {
      case METHOD:
        return this.#executor.call(parent, path.Name, args)
      case PROPERTY:
        return this.#executor.property(parent, path.Name)
      case INDEXER:
        if (!parent.getItem) throw new Gap(`${parent.excelClass}.getItem`)
        return parent.getItem(args[0] as string | number)
      default:
        throw new Gap(`object path type ${path.ObjectPathType} (${path.Name})`)
    }
  }

  arguments({ Arguments = [], ReferencedObjectPathIds = [] }: ArgumentInfo = {}): unknown[] {
    return Arguments.map((argument, i) => {
      const id = ReferencedObjectPathIds?.[i]
      if (Array.isArray(id)) throw new Gap('a list of objects as an argument')
      return typeof id === 'number' && id !== 0 ? this.open(id) : argument
    })
  }

  /** Ranges that nobody keeps stop following the cells. */
  end(kept: ReadonlyMap<ExcelObject, string>): void {
    for (const object of this.#opened.values()) if (isRangeLike(object) && !kept.has(object)) object.release()
  }
}
