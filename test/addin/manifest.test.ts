// Office's own validator is online and lets dangling resids pass; these are the rules that it, or Excel, enforces.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { renderManifest } from '../../tools/render-manifest.ts'
import { manifestFaults } from './manifest-faults.ts'

const ROOT = new URL('../..', import.meta.url)
const TEMPLATE = readFileSync(new URL('manifest.xml', ROOT), 'utf8')

describe('manifest.xml', () => {
  it('keeps every rule of the add-in only manifest', () => {
    expect(manifestFaults(TEMPLATE)).toEqual([])
  })

  // Each breaks one rule, so that the checks above are known to bite.
  const breaches: [rule: string, from: string, to: string, fault: RegExp][] = [
    ['element order', '<Version>0.1.0</Version>\n', '', /OfficeApp lacks Version/],
    ['element order', '<Label resid="Open.Label"/>', '<Action/><Label resid="Open.Label"/>', /order in Control/],
    ['unknown elements', '<ProviderName>', '<Runtimes/><ProviderName>', /Runtimes has no place in OfficeApp/],
    ['every resid resolves', 'resid="Open.Tip"', 'resid="Open.Tipp"', /Open\.Tipp is not defined/],
    ['both locales', '<bt:Override Locale="en-US" Value="Livelihood tasks"/>', '', /Group\.Label lacks en-US/],
    ['ids up to 32 characters', 'id="Ledger.Open"', `id="${'x'.repeat(33)}"`, /longer than 32/],
    ['https only', 'https://localhost:8787/taskpane.html', 'http://localhost:8787/taskpane.html', /not https/],
    ['version format', '<Version>0.1.0<', '<Version>0.1.0-beta<', /Version/],
    [
      'icon sizes',
      'IconUrl DefaultValue="https://localhost:8787/icon-32',
      'IconUrl DefaultValue="https://localhost:8787/icon-16',
      /is 16 wide, not 32/,
    ],
    ['existing icons', 'icon-80.png', 'icon-81.png', /icon-81\.png does not exist/],
    ['the ExcelApi floor', 'MinVersion="1.13"/>', 'MinVersion="1.12"/>', /ExcelApi 1\.13/],
    [
      'AppDomains',
      '  <Hosts>\n    <Host Name',
      '  <AppDomains><AppDomain>https://localhost:8787/x/</AppDomain></AppDomains>\n  <Hosts>\n    <Host Name',
      /AppDomain/,
    ],
    ['string lengths', '打开民生台账窗格', '长'.repeat(251), /longer than 250/],
  ]
  it.each(breaches)('is caught when it breaks a rule: %s (%#)', (_, from, to, fault) => {
    const broken = TEMPLATE.replace(from, to)
    expect(broken).not.toBe(TEMPLATE)
    expect(manifestFaults(broken).join('\n')).toMatch(fault)
  })
})

describe('render-manifest', () => {
  it('sets the addresses of another server, and keeps every rule', () => {
    const rendered = renderManifest(TEMPLATE, { baseUrl: 'https://ledger.example.gov.cn', dev: false })
    expect(rendered).not.toContain('localhost')
    expect(rendered).toContain('<SourceLocation DefaultValue="https://ledger.example.gov.cn/taskpane.html"/>')
    expect(manifestFaults(rendered)).toEqual([])
  })

  it('gives each server an identity of its own, the same every time', () => {
    const id = (baseUrl: string, dev = false) => /<Id>(.*)<\/Id>/.exec(renderManifest(TEMPLATE, { baseUrl, dev }))?.[1]
    expect(id('https://a.example')).toBe(id('https://a.example'))
    expect(new Set([id('https://a.example'), id('https://b.example'), id('https://a.example', true)]).size).toBe(3)
    expect(id('https://localhost:8787')).toBe(/<Id>(.*)<\/Id>/.exec(TEMPLATE)?.[1])
  })

  it('marks the names of a development installation in both languages', () => {
    const rendered = renderManifest(TEMPLATE, { baseUrl: 'https://localhost:8787', dev: true })
    expect(rendered).toContain('<DisplayName DefaultValue="民生台账 [dev]">')
    expect(rendered).toContain('<bt:String id="Open.Label" DefaultValue="民生台账 [dev]">')
    expect(rendered).toContain('<bt:Override Locale="en-US" Value="Minsheng Ledger [dev]"/>')
    expect(manifestFaults(rendered)).toEqual([])
  })

  it.each(['http://ledger.example', 'https://ledger.example/app', 'https://u@ledger.example'])(
    'refuses %s',
    (baseUrl) => {
      expect(() => renderManifest(TEMPLATE, { baseUrl, dev: false })).toThrow(/base URL/)
    },
  )

  it('writes the file that the command line names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifest-'))
    try {
      const out = join(folder, 'manifest.out.xml')
      const script = new URL('tools/render-manifest.ts', ROOT).pathname
      const node = new URL('node_modules/.bin/node', ROOT).pathname
      execFileSync(node, [script, '--base-url', 'https://ledger.example', '--out', out])
      expect(manifestFaults(readFileSync(out, 'utf8'))).toEqual([])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
