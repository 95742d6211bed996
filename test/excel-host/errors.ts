// Two ways for a request to fail: Excel would refuse it (ExcelError, with Excel's own code), or this host does
// not know what Excel would do (Gap). A gap is never silently tolerated: a test must be able to see it by name.

export class ExcelError extends Error {
  readonly code: string
  constructor(code: string, message: string = code) {
    super(message)
    this.code = code
  }
}

export class Gap extends Error {
  constructor(member: string) {
    super(`excel-host: ${member} is not emulated`)
  }
}
