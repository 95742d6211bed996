// Runs in the page before any of its scripts: the COM object through which desktop Excel talks to office.js. This
// function is sent to the browser as text, so it may use nothing from outside itself.

import type { WireEvent } from './events.ts'

export interface Surroundings {
  hostInfo: string
  isOnline: boolean
  locale: string
  requirementSets: Record<string, string>
  settings: Record<string, string>
}

/** Office's error number, or the answer's JSON. */
export type Answer = { error: number } | { json: string }

type SafeArray = { toArray(): unknown[] }

export interface HostWindow {
  excelHostStarted(): Promise<void>
  excelHostExecute(body: string): Promise<Answer>
  excelHostSaveSettings(settings: Record<string, string>): Promise<void>
  excelHostGap(what: string): Promise<void>
  excelHostFire?(events: WireEvent[]): void
}

export function playWindowExternal(around: Surroundings): void {
  const host = window as unknown as HostWindow
  const safeArray = (items: unknown[]): SafeArray => ({ toArray: () => items })
  const settings: Record<string, string> = { ...around.settings }
  const context = {
    GetAppType: () => (around.isOnline ? 16 : 1),
    GetSolutionRef: () => 'excel-host',
    GetAppVersionMajor: () => 16,
    GetAppVersionMinor: () => 1,
    GetAppUILocale: () => around.locale,
    GetAppDataLocale: () => around.locale,
    GetDocUrl: () => 'https://excel-host.example/workbook.xlsx',
    GetAppCapabilities: () => 0,
    GetActivationMode: () => 2,
    GetControlIntegrationLevel: () => 1,
    GetSolutionToken: () => '',
    GetCorrelationId: () => 'telemetry',
    GetInstanceId: () => 'excel-host',
    GetTouchEnabled: () => false,
    GetCommerceAllowed: () => false,
    GetSupportedMatrix: () => JSON.stringify(around.requirementSets),
    GetHostCustomMessage: () => '',
    GetHostFullVersion: () => '16.0.14332.20000',
    GetInitialDisplayMode: () => 2,
    GetOfficeThemeInfo: () =>
      JSON.stringify({
        bodyBackgroundColor: 0xffffff,
        bodyForegroundColor: 0x262626,
        controlBackgroundColor: 0xf3f3f3,
        controlForegroundColor: 0x262626,
      }),
    GetSettings: () => ({
      Read: (keys: string[], values: string[]) => {
        for (const [key, value] of Object.entries(settings)) {
          keys.push(key)
          values.push(value)
        }
      },
      WriteAsync: (keys: string[], values: string[], done: (status: number) => void) => {
        for (const key of Object.keys(settings)) delete settings[key]
        keys.forEach((key, i) => {
          settings[key] = values[i] as string
        })
        void host.excelHostSaveSettings(settings).then(() => done(0))
      },
      RefreshAsync: (done: (status: number) => void) => done(0),
    }),
  }
  const EXECUTE_RICH_API_REQUEST = 93
  const RICH_API_MESSAGE = 33
  const RIBBON_COMMAND = 39
  const external = {
    GetHostInfo: () => around.hostInfo,
    GetContext: () => context,
    GetLoggingAllowed: () => false,
    Execute(dispId: number, params: unknown[][], done: (answer: SafeArray, status?: number) => void) {
      if (dispId !== EXECUTE_RICH_API_REQUEST) return void host.excelHostGap(`window.external.Execute(${dispId})`)
      void host.excelHostExecute(params[0]?.[4] as string).then((answer) => {
        if ('error' in answer) done(safeArray([answer.error, null]))
        else done(safeArray([0, [200, [], answer.json]]), 0)
      })
    },
    RegisterEvent(
      dispId: number,
      _target: string,
      handler: (id: number, events: SafeArray) => void,
      done: (status: number) => void,
    ) {
      // The library always listens for ribbon commands; this host has no ribbon.
      if (dispId === RIBBON_COMMAND) return done(0)
      if (dispId !== RICH_API_MESSAGE) return void host.excelHostGap(`window.external.RegisterEvent(${dispId})`)
      host.excelHostFire = (events) => handler(RICH_API_MESSAGE, safeArray(events))
      done(0)
    },
    UnregisterEvent(_dispId: number, _target: string, done: (status: number) => void) {
      host.excelHostFire = undefined
      done(0)
    },
  }
  if (window === window.top) void host.excelHostStarted()
  Object.defineProperty(window, 'external', { configurable: true, writable: true, value: external })
}
