// The rules of the add-in only manifest (element order, lengths, references, icons), as far as a task pane needs them.

import { existsSync, readFileSync } from 'node:fs'
import { attributesOf, elements, parseXml, textOf, type XmlElement } from './xml.ts'

const PUBLIC = new URL('../../addin/public', import.meta.url).pathname

/** Children in the order of the schema; a * marks those that must be there. */
const CHILDREN: Record<string, string> = {
  OfficeApp:
    'Id* AlternateId Version* ProviderName* DefaultLocale* DisplayName* Description* IconUrl* HighResolutionIconUrl* SupportUrl AppDomains Hosts* Requirements* DefaultSettings* Permissions* VersionOverrides ExtendedOverrides',
  VersionOverrides: 'Description Requirements Hosts* Resources* WebApplicationInfo',
  DesktopFormFactor: 'GetStarted FunctionFile ExtensionPoint*',
  GetStarted: 'Title* Description* LearnMoreUrl*',
  Group: 'Label* Icon* Control*',
  Control: 'Label* Supertip* Icon* Action* Enabled',
  Supertip: 'Title* Description*',
  Action: 'TaskpaneId SourceLocation*',
  Resources: 'bt:Images* bt:Urls* bt:ShortStrings* bt:LongStrings*',
}

/** Where an id is looked up: by the element that refers to it. */
const KINDS: Record<string, string> = {
  'bt:Image': 'bt:Images',
  Label: 'bt:ShortStrings',
  Title: 'bt:ShortStrings',
  Description: 'bt:LongStrings',
  SourceLocation: 'bt:Urls',
  LearnMoreUrl: 'bt:Urls',
}

const LOCALES = ['zh-CN', 'en-US']

/** Sentences about everything wrong with a manifest; none where it is sound. */
export function manifestFaults(xml: string): string[] {
  const root = parseXml(xml)
  const all = elements(root)
  return [
    ...all.flatMap(orderFaults),
    ...baseFaults(root),
    ...resourceFaults(root, all),
    ...iconFaults(root, all),
    ...all.flatMap(addressFaults),
    ...appDomainFaults(root, all),
  ]
}

function orderFaults(element: XmlElement): string[] {
  const rule = CHILDREN[element.name]
  if (!rule) return []
  const order = rule.split(' ').map((name) => name.replace('*', ''))
  const names = element.children.map(({ name }) => name)
  const known = names.filter((name) => order.includes(name))
  const sorted = known.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
  return [
    ...names.filter((name) => !order.includes(name)).map((name) => `${name} has no place in ${element.name}`),
    ...(known.join() === sorted.join() ? [] : [`order in ${element.name}: ${known.join()}`]),
    ...rule
      .split(' ')
      .filter((name) => name.endsWith('*') && !names.includes(name.slice(0, -1)))
      .map((name) => `${element.name} lacks ${name.slice(0, -1)}`),
  ]
}

function baseFaults(root: XmlElement): string[] {
  const faults: string[] = []
  const text = (name: string) => textOf(root, name)
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text('Id'))) faults.push(`Id: ${text('Id')}`)
  if (!/^\d{1,5}(\.\d{1,5}){0,3}$/.test(text('Version'))) faults.push(`Version: ${text('Version')}`)
  if (text('DefaultLocale') !== LOCALES[0]) faults.push(`DefaultLocale: ${text('DefaultLocale')}`)
  if (text('ProviderName').length > 125) faults.push('ProviderName is longer than 125')
  for (const [name, limit] of [
    ['DisplayName', 125],
    ['Description', 250],
  ] as const) {
    const element = root.children.find((child) => child.name === name)
    if (element) faults.push(...stringFaults(name, element, limit))
  }
  const set = elements(root).find((element) => element.name === 'Set' && attributesOf(element).Name === 'ExcelApi')
  if (!set || attributesOf(set).MinVersion !== '1.13') faults.push('the base manifest must require ExcelApi 1.13')
  const overrides = root.children.find(({ name }) => name === 'VersionOverrides')
  if (overrides?.children.some(({ name }) => name === 'Requirements'))
    faults.push('Requirements in VersionOverrides hide every button when unmet')
  if (overrides && attributesOf(overrides)['xsi:type'] !== 'VersionOverridesV1_0')
    faults.push('VersionOverrides is not 1.0')
  return faults
}

/** Default and overrides within the limit, and one text for each locale. */
function stringFaults(id: string, element: XmlElement, limit: number): string[] {
  const overrides = element.children.map(attributesOf)
  const texts = [attributesOf(element).DefaultValue ?? '', ...overrides.map(({ Value = '' }) => Value)]
  return [
    ...texts.filter((text) => text === '').map(() => `${id} is empty`),
    ...texts.filter((text) => text.length > limit).map(() => `${id} is longer than ${limit}`),
    ...LOCALES.slice(1)
      .filter((locale) => !overrides.some(({ Locale }) => Locale === locale))
      .map((locale) => `${id} lacks ${locale}`),
  ]
}

function resourceFaults(root: XmlElement, all: XmlElement[]): string[] {
  const resources = elements(root).find(({ name }) => name === 'Resources')
  const idsIn = (kind: string) =>
    resources?.children.find(({ name }) => name === kind)?.children.map((child) => attributesOf(child).id ?? '') ?? []
  const limits = { 'bt:ShortStrings': 125, 'bt:LongStrings': 250 }
  const used = all.flatMap((element) => {
    const { resid } = attributesOf(element)
    return resid === undefined ? [] : [{ resid, kind: KINDS[element.name] ?? element.name }]
  })
  const ids = all.flatMap((element) => attributesOf(element).id ?? [])
  const defined = Object.values(KINDS).flatMap(idsIn)
  return [
    ...used
      .filter(({ resid, kind }) => !idsIn(kind).includes(resid))
      .map(({ resid, kind }) => `${resid} is not defined in ${kind}`),
    ...[...new Set(defined)].filter((id) => !used.some(({ resid }) => resid === id)).map((id) => `${id} is not used`),
    ...[...ids, ...used.map(({ resid }) => resid)]
      .filter((id) => id.length > 32)
      .map((id) => `${id} is longer than 32`),
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${id} is defined twice`),
    ...Object.entries(limits).flatMap(([kind, limit]) =>
      (resources?.children.find(({ name }) => name === kind)?.children ?? []).flatMap((element) =>
        stringFaults(attributesOf(element).id ?? '', element, limit),
      ),
    ),
  ]
}

function iconFaults(root: XmlElement, all: XmlElement[]): string[] {
  const urlOf = (name: string) =>
    attributesOf(root.children.find((child) => child.name === name) ?? root).DefaultValue ?? ''
  const wanted = [
    { url: urlOf('IconUrl'), size: 32 },
    { url: urlOf('HighResolutionIconUrl'), size: 64 },
    ...all
      .filter((element) => element.name === 'bt:Image' && attributesOf(element).resid !== undefined)
      .map((element) => {
        const { resid, size } = attributesOf(element)
        const image = all.find((other) => other.name === 'bt:Image' && attributesOf(other).id === resid)
        return { url: (image && attributesOf(image).DefaultValue) ?? '', size: Number(size) }
      }),
  ]
  const sizes = all
    .filter(({ name }) => name === 'Icon')
    .map((icon) => icon.children.map((image) => attributesOf(image).size).join())
  return [
    ...sizes.filter((list) => list !== '16,32,80').map((list) => `an icon has the sizes ${list}`),
    ...wanted.flatMap(({ url, size }) => pngFaults(url, size)),
  ]
}

function pngFaults(url: string, size: number): string[] {
  if (!url.startsWith('https://')) return []
  const path = PUBLIC + new URL(url).pathname
  if (!existsSync(path)) return [`${url} does not exist`]
  const png = readFileSync(path)
  if (png.toString('latin1', 1, 4) !== 'PNG') return [`${url} is no PNG`]
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  return width === size && height === size ? [] : [`${url} is ${width} wide, not ${size}`]
}

function addressFaults(element: XmlElement): string[] {
  const values = Object.entries(attributesOf(element)).filter(([name]) => name === 'DefaultValue' || name === 'Value')
  return values.filter(([, value]) => /^http:/.test(value)).map(([, value]) => `${value} is not https`)
}

function appDomainFaults(root: XmlElement, all: XmlElement[]): string[] {
  const source = all.find(({ name }) => name === 'SourceLocation')
  const own = new URL((source && attributesOf(source).DefaultValue) ?? 'https://none').origin
  return elements(root)
    .filter(({ name }) => name === 'AppDomain')
    .map(({ text }) => text.trim())
    .filter((domain) => !/^https:\/\/[a-z0-9.-]+(:\d+)?$/i.test(domain) || domain === own)
    .map((domain) => `AppDomain ${domain}`)
}
