// The contract between the executor and the emulated classes: an emulated class has the members of Excel's class
// under their JavaScript names, so a member that is not there is a gap, found by name and never by accident.

export interface ExcelObject {
  /** The class's name in Excel's object model; its schema decides which members exist at all. */
  readonly excelClass: string
  /** What the answer to Instantiate carries; with an Id the library finds the object again in later batches. */
  identity?(): Record<string, unknown>
  /** Collections only. */
  readonly items?: readonly ExcelObject[]
  getItem?(key: string | number): ExcelObject
  /** Objects with events: the target id that the library registers under. */
  readonly eventTarget?: string
}

/** A range or several: follows inserted rows from hold() to release(). */
export interface RangeLike extends ExcelObject {
  hold(): void
  release(): void
}

export const isExcelObject = (value: unknown): value is ExcelObject =>
  typeof value === 'object' && value !== null && 'excelClass' in value

export const isRangeLike = (value: unknown): value is RangeLike => isExcelObject(value) && 'hold' in value

/** Excel answers null where the cells of a range differ. */
export function uniform<T>(values: Iterable<T>): T | null {
  const different = new Set(values)
  return different.size === 1 ? ([...different][0] as T) : null
}
