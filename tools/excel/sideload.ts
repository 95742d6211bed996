/**
 * Makes Excel on this computer list an add-in from its manifest, and takes it from the list again: on Windows by
 * the developer key of the registry, on a Mac by a copy in the folder that Excel looks into. Both are what
 * Microsoft documents for sideloading; neither needs administrator rights.
 */
import { execFile } from 'node:child_process'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const DEVELOPER_KEY = String.raw`HKCU\SOFTWARE\Microsoft\Office\16.0\WEF\Developer`

/** `id`: of the manifest. `path`: of its file, which must stay there. */
export type Manifest = { id: string; path: string }

export type Sideload = {
  add(manifest: Manifest): Promise<void>
  remove(manifest: Pick<Manifest, 'id'>): Promise<void>
}

/** How it is done on this platform; undefined where there is no Excel to list it. */
export function sideloadFor(platform: NodeJS.Platform, home = homedir()): Sideload | undefined {
  if (platform === 'win32') return { add: addToRegistry, remove: removeFromRegistry }
  if (platform !== 'darwin') return undefined
  const folder = join(home, 'Library', 'Containers', 'com.microsoft.Excel', 'Data', 'Documents', 'wef')
  return {
    async add({ id, path }) {
      await mkdir(folder, { recursive: true })
      await copyFile(path, join(folder, `${id}.manifest.xml`))
    },
    remove: ({ id }) => rm(join(folder, `${id}.manifest.xml`), { force: true }),
  }
}

/** Arguments of reg.exe, without a shell. */
export function registryArguments(
  action: 'add' | 'delete',
  { id, path = '' }: { id: string; path?: string },
): string[] {
  const value = [action, DEVELOPER_KEY, '/v', id]
  return action === 'add' ? [...value, '/t', 'REG_SZ', '/d', path, '/f'] : [...value, '/f']
}

async function addToRegistry(manifest: Manifest): Promise<void> {
  await run('reg', registryArguments('add', manifest))
}

async function removeFromRegistry({ id }: Pick<Manifest, 'id'>): Promise<void> {
  // Not listed is as good as removed.
  await run('reg', registryArguments('delete', { id })).catch(() => undefined)
}
