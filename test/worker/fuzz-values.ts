/**
 * Bodies for the fuzz: valid ones drawn from the very schema of an endpoint, and what to put into them.
 * JSON text is written here and not by JSON.stringify, because much of what is hostile (1e400, equal
 * keys, a key `__proto__`) is no value of JavaScript.
 */
import fc from 'fast-check'

/** JSON text that stands as it is. */
export class Raw {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A JSON Schema as zod writes it, as far as the wire uses it. */
export type Schema = {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  propertyNames?: Schema
  items?: Schema
  minItems?: number
  maxItems?: number
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

/** What bodies are made of: texts and numbers, ids and versions of the tested county among them. */
export type Stock = { words: readonly string[]; numbers: readonly number[] }

/** Bodies that the schema takes. */
export function bodiesOf(schema: Schema, stock: Stock): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => bodiesOf(one, stock)))
  switch (schema.type) {
    case 'object':
      return objectsOf(schema, stock)
    case 'array': {
      const { items = {}, minItems = 0, maxItems = 3 } = schema
      return fc.array(bodiesOf(items, stock), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(3, maxItems)),
      })
    }
    case 'string':
      return fc.constantFrom(...fitting(schema, stock.words))
    case 'integer':
    case 'number': {
      const { minimum = -5, maximum = 3_000 } = schema
      const known = stock.numbers.filter((number) => number >= minimum && number <= maximum)
      const any = fc.integer({ min: Math.max(minimum, -5), max: Math.min(maximum, 3_000) })
      return known.length > 0 ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, any) : any
    }
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return fc.jsonValue()
  }
}

function objectsOf(schema: Schema, stock: Stock): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames = {} } = schema
  if (Object.keys(properties).length === 0 && typeof additionalProperties === 'object') {
    const keys = fc.constantFrom(...fitting(propertyNames, stock.words))
    return fc.dictionary(keys, bodiesOf(additionalProperties, stock), { maxKeys: 4, noNullPrototype: true })
  }
  return fc.record(
    Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, bodiesOf(inner, stock)])),
    { requiredKeys: required, noNullPrototype: true },
  )
}

/** The words that a schema of strings takes; a schema that takes none of them gets the empty text. */
function fitting(schema: Schema, words: readonly string[]): string[] {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema
  const patterns = [schema, ...(schema.allOf ?? [])].flatMap(({ pattern }) => pattern ?? [])
  const fits = words.filter(
    (word) =>
      word.length >= minLength &&
      word.length <= maxLength &&
      patterns.every((pattern) => new RegExp(pattern, 'u').test(word)),
  )
  return fits.length > 0 ? fits : ['']
}

export type Path = readonly (string | number)[]

/** Every place in a body, the body itself included. */
export function placesIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || value instanceof Raw) return [at]
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [at, ...inner.flatMap(([key, each]) => placesIn(each, [...at, key]))]
}

/** The body with another value at a place; undefined takes the place away. */
export function withAt(value: unknown, path: Path, to: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return to
  if (Array.isArray(value)) {
    return value.flatMap((each, i) =>
      i !== key ? [each] : to === undefined && rest.length === 0 ? [] : [withAt(each, rest, to)],
    )
  }
  return Object.fromEntries(
    Object.entries(value as object).map(([name, each]) => [name, name === key ? withAt(each, rest, to) : each]),
  )
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value)
}

/** JSON text of a value with raw parts. What is undefined is left out. */
export function toJson(value: unknown): string {
  if (value instanceof Raw) return value.text
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return `{${fields.map(([key, inner]) => `${JSON.stringify(key)}:${toJson(inner)}`).join(',')}}`
}

/** Stands in hostile texts, and must never come back in a header. */
export const MARK = 'zq7mark'

/** Texts that nobody types. */
export const TEXTS: readonly string[] = [
  '',
  MARK,
  `=${MARK}()`,
  `${MARK}\u0000`,
  `${MARK}\ud800`,
  `\udfff${MARK}`,
  `${MARK}\u202e1000`,
  `\u2066${MARK}\u2069`,
  `\u200b${MARK}\u200d\ufeff`,
  `${MARK}\ufffe`,
  `${MARK}\u2028${MARK}`,
  `${MARK}\r\nSet-Cookie: a=b`,
  `'; DROP TABLE plan; --${MARK}`,
  '__proto__',
  'constructor',
  '../../etc/passwd',
  MARK.repeat(10_000),
  '2023-02-30',
  '9999-12-31',
  '-271821-04-20',
]

/** JSON that no field expects; every kind of value is among it. */
export const VALUES: readonly unknown[] = [
  null,
  true,
  '',
  MARK,
  [],
  {},
  [[[]]],
  ...['1e400', '-1e400', '1e308', '-0', '0', '-1', '9007199254740993', '5.0', '1.5', '1E2', '2147483648'].map(
    (number) => new Raw(number),
  ),
  new Raw('{"__proto__":{"polluted":true}}'),
  new Raw('{"constructor":{"prototype":{"polluted":true}}}'),
  new Raw(`{"toString":"${MARK}","hasOwnProperty":1}`),
  new Raw(`"\\u0000${MARK}"`),
  new Raw('"\\ud83d"'),
  new Raw('{"\\udc00":1}'),
  new Raw('['.repeat(10_000) + ']'.repeat(10_000)),
  new Raw(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
  new Raw('NaN'),
  new Raw('01'),
  new Raw('[1,]'),
  Array.from({ length: 6_000 }, () => 'x'),
]

export const METHODS: readonly string[] = ['PUT', 'PATCH', 'OPTIONS', 'HEAD', 'DELETE', 'POST', 'GET', 'PROPFIND', MARK]

/** Segments of a path, as they stand in the address. */
export const SEGMENTS: readonly string[] =
  `%00 %2e%2e %2e%2e%2f%2e%2e ..%5c %ZZ % %C0%AF %ED%A0%80 %F0%9F%8F%9B 县 %E2%80%AE
  __proto__ constructor '%20OR%201=1%20-- %0D%0ASet-Cookie:a=b * :plan {plan} -1 1e400 / // ./ ;a=b %3Fa=b %23`
    .split(/\s+/)
    .concat(MARK, MARK.repeat(1_500), '%25'.repeat(3_000))

/** Values of a parameter, as they stand in the address. */
export const QUERY_VALUES: readonly string[] =
  `0 1 2 true -1 1e400 NaN %00 %ZZ %ED%A0%80 %E2%80%AE 县 __proto__ '-- %0D%0A
  2023-02-30 9999-99-99 9007199254740993 -271821-04-20 0000-01-01`
    .split(/\s+/)
    .concat('', MARK.repeat(1_500), '9'.repeat(400))

export const HEADER_NAMES: readonly string[] = `Idempotency-Key If-None-Match If-Match Accept-Language Accept Range
  CF-Connecting-IP X-Forwarded-For X-HTTP-Method-Override Origin Cookie Host Content-Length`.split(/\s+/)
export const HEADER_VALUES: readonly string[] = [
  ...['', ' ', 'a b', '\t', '\u00e9', '"', 'W/"x"', '*', MARK, 'x'.repeat(100_000), '-1', '1, 2', 'null', '{}'],
]

/** What may stand where a key is expected; `key` works. */
export function authorizationsOf(key: string): string[] {
  const alone = ['', 'Bearer', 'Bearer ', 'Basic YTpi', key, `Bearer ${'x'.repeat(100_000)}`, `Bearer mt_${MARK}`]
  const bent = [
    `Bearer ${key} `,
    `bearer\t${key}`,
    `Bearer ${key}x`,
    `Bearer ${key} ${key}`,
    `Bearer ${key}, Bearer ${key}`,
  ]
  return [...alone, ...bent, `Bearer ${key.slice(0, -1)}`, `Bearer ${key.replace(/_.{8}_/, '_00000000_')}`]
}

export const CONTENT_TYPES: readonly string[] = [
  ...['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp'],
  ...['utf-16', 'gbk', 'iso-8859-1', '"utf-16le"', MARK].map((charset) => `application/json; charset=${charset}`),
  ...['application/json, text/plain', `application/${MARK}`, 'application/problem+json'],
]
export const ENCODINGS: readonly string[] = ['gzip', 'deflate', 'br', 'identity, gzip', 'x-gzip', MARK]

/** Bodies that are no JSON object in UTF-8; `valid` is one. */
export function brokenBodies(valid: string): (string | Uint8Array)[] {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const utf16 = new Uint8Array(new Uint16Array([...`\ufeff${valid}`].map((c) => c.charCodeAt(0))).buffer)
  return [
    ...['', ' ', 'null', 'true', '0', '""', '[]', '[[]]', 'undefined', '{', '{}{}', `${valid}x`, `${valid}\u0000`],
    ...[`{"${MARK}":1`, `//\n${valid}`, `'${MARK}'`, '['.repeat(10_000) + ']'.repeat(10_000), '{"a":'.repeat(10_000)],
    ...[utf16, bytes(valid).slice(1), new Uint8Array([0xff, 0xfe]), new Uint8Array([0xef, 0xbb, 0xbf])],
  ]
}
